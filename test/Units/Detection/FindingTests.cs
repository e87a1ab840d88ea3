using System.Text;
using System.Text.Json;
using Karst.Detection;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class FindingTests
{
    static IEnumerable<string> Findings(Rule rule, ResultRow row) =>
        FindingMaker.Of(rule, row, Samples.AllTime).Select(finding => $"{FindingJson.KindOf(finding.Kind)} {finding.Entity?.Field}={finding.Entity?.Value} {finding.Score} {finding.Message}");

    [Theory]
    [InlineData("TTP", "finding user=ann 50 ann at pc|intermediate_finding dest=pc 20 seen at pc")]
    [InlineData("Anomaly", "intermediate_finding user=ann 50 ann at pc|intermediate_finding dest=pc 20 seen at pc")]
    [InlineData("Correlation", "finding user=ann 50 ann at pc")]
    [InlineData("Hunting", "hit = 0 ")]
    public void The_type_says_what_a_row_means(string type, string expected) =>
        Assert.Equal(expected.Split('|'), Findings(Samples.Rule(type), Samples.Row(("user", "ann"), ("dest", "pc"))));

    [Fact]
    public void A_multivalue_entity_is_a_finding_for_each_value() =>
        Assert.Equal(
            ["finding user=ann 50 ann, bob, ann at $dest$", "finding user=bob 50 ann, bob, ann at $dest$"],
            Findings(Samples.Rule(), Samples.Row(("user", new[] { "ann", "bob", "ann" }))));

    [Fact]
    public void A_row_without_any_entity_is_not_lost() =>
        Assert.Equal(["finding user= 50 $user$ at $dest$"], Findings(Samples.Rule(), Samples.Row(("other", "x"))));

    [Fact]
    public void The_time_is_the_rows_else_the_end_of_the_window()
    {
        var rule = Samples.Rule("Hunting");
        Assert.Equal(5.5, FindingMaker.Of(rule, Samples.Row(("_time", 5.5)), Samples.AllTime)[0].Time);
        Assert.Equal(1_000, FindingMaker.Of(rule, Samples.Row(("a", "x")), Samples.AllTime)[0].Time);
        Assert.Equal(20, FindingMaker.Of(rule, Samples.Row(("a", "x")), new SearchWindow(10, 20, 1_000))[0].Time);
    }

    [Fact]
    public void A_finding_written_as_JSON_is_read_back_as_its_risk_event()
    {
        var finding = FindingMaker.Of(Samples.Rule(), Samples.Row(("user", "an\"n"), ("src", new[] { "1", "2" })), Samples.AllTime)[0];
        var stream = new MemoryStream();
        FindingJson.Write(stream, [finding]);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        using var document = JsonDocument.Parse(text);
        Assert.Equal("+Infinity", document.RootElement.GetProperty("window").GetProperty("latest").GetString());
        Assert.Equal("an\"n", document.RootElement.GetProperty("entity").GetProperty("value").GetString());
        var risk = FindingJson.ReadRisk(stream.ToArray())!;
        Assert.Equal(RiskRows.Of([finding])[0].Fields.Select(field => $"{field.Key}={field.Value}"), risk.Fields.Select(field => $"{field.Key}={field.Value}"));
        Assert.Equal(("risk", "an\"n", "50", "1\n2", "T1\nStory"), (
            risk["index"].ToString(), risk["normalized_risk_object"].ToString(), risk["calculated_risk_score"].ToString(), risk["threat_object"].ToString(), risk["annotations._all"].ToString()));
    }

    [Fact]
    public void A_hunting_hit_is_no_risk() =>
        Assert.Empty(RiskRows.Of(FindingMaker.Of(Samples.Rule("Hunting"), Samples.Row(("user", "ann")), Samples.AllTime)));

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"schema\":1}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void Other_lines_are_no_findings(string line) => Assert.Null(FindingJson.ReadRisk(Encoding.UTF8.GetBytes(line)));
}
