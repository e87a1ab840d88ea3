using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Karst.Detection;
using Karst.Detection.Reports;
using Karst.Rules;
using Karst.Spl;
using TestResult = Karst.Detection.TestResult;

namespace Karst.Units.Detection;

public sealed class ReportTests
{
    static readonly RuleTestCase s_test = new("True Positive", [], null, null, new FilePlace(7, 3));

    static TestResult Result(TestState state, string reason) => new(Samples.Rule(path: "detections/cloud/a.yml"), s_test, state, 0, 21, reason);

    static string Written(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void JUnit_counts_states_and_holds_any_character()
    {
        var text = Written(stream => JUnitReport.Write(stream, [Result(TestState.Pass, ""), Result(TestState.Fail, "bad \u0001 \uD800 & <x>"), Result(TestState.Skip, "no data"), Result(TestState.Unsupported, "foo")]));
        var root = XDocument.Parse(text).Root!;
        Assert.Equal(("4", "1", "2"), (root.Attribute("tests")!.Value, root.Attribute("failures")!.Value, root.Attribute("skipped")!.Value));
        Assert.Equal("bad \\u0001 \\ud800 & <x>", root.Descendants("failure").Single().Attribute("message")!.Value);
        var first = root.Descendants("testcase").First();
        Assert.Equal(("detections.cloud.a", "7", "0.021"), (first.Attribute("classname")!.Value, first.Attribute("line")!.Value, first.Attribute("time")!.Value));
    }

    [Fact]
    public void Sarif_has_place_level_and_a_fingerprint_that_lines_above_do_not_change()
    {
        ReportEntry At(int line) => new("SPL010", Severity.Warning, "detections/a b.yml", new FilePlace(line, 3), new FilePlace(line, 9), "m");
        string Hash(int line, out JsonElement result)
        {
            result = JsonDocument.Parse(Written(stream => SarifReport.Write(stream, [At(line)], "1"))).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
            return result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!;
        }

        Assert.Equal(Hash(5, out var found), Hash(50, out _));
        Assert.Equal("warning", found.GetProperty("level").GetString());
        var place = found.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("detections/a%20b.yml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(9, place.GetProperty("region").GetProperty("endColumn").GetInt32());
    }

    [Fact]
    public void Annotations_escape_what_the_command_would_read() =>
        Assert.Equal(
            "::error file=a%2Cb.yml,line=5,col=3,endColumn=9,title=X::50%25%0Amore",
            GitHubAnnotations.Line(new ReportEntry("X", Severity.Error, "a,b.yml", new FilePlace(5, 3), new FilePlace(5, 9), "50%\nmore")));

    [Fact]
    public void A_test_is_one_JSON_object() =>
        Assert.Equal(
            "{\"rule\":\"A\",\"id\":\"1\",\"file\":\"detections/cloud/a.yml\",\"test\":\"True Positive\",\"state\":\"SKIP\",\"rows\":0,\"ms\":21,\"reason\":\"no data\"}\n",
            Written(stream => TestJsonReport.Write(stream, Result(TestState.Skip, "no data"))));
}
