using Karst.Events;

namespace Karst.Units.Events;

/// <summary>Third-party logs of many kinds, which lie beside the project where they are there at all.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("cloudtrail/invictus_aws_dataset.ndjson", EventKind.JsonLines)]
    [InlineData("cloudtrail/stratus_detonation_logs.ndjson", EventKind.JsonLines)]
    [InlineData("panther/AWS.CloudTrail.ndjson", EventKind.JsonLines)]
    public void A_line_of_cloudtrail_is_an_event(string path, EventKind kind)
    {
        var file = Sample(path);
        var reading = Reading.Of(new InputFile(file, path));
        Assert.Equal(kind, reading.Kind);
        Assert.Equal(File.ReadLines(file).Count(static line => line.Length > 0), reading.Events.Count);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void The_export_has_six_events_with_their_fields()
    {
        var reading = Reading.Of(new InputFile(Sample("splunk_export/aws_cloudtrail_export.csv"), "export"));
        Assert.Equal(6, reading.Events.Count);
        Assert.All(reading.Events, static raw => Assert.NotNull(JsonRow.Parse(System.Text.Encoding.UTF8.GetBytes(raw))));
        Assert.All(reading.Envelopes, static envelope => Assert.Contains(envelope!.Fields, static field => field.Key == "sourcetype"));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Windows_events_in_xml_are_whole()
    {
        var files = EventInput.Expand([Sample("evtx_xml")], static problem => Assert.Fail(problem.Message)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var reading = Reading.Of(file);
            Assert.Equal(EventKind.Xml, reading.Kind);
            Assert.Equal(Count(File.ReadAllText(file.Path), "</Event>"), reading.Events.Count);
            Assert.All(reading.Events, static text => Assert.StartsWith("<Event", text, StringComparison.Ordinal));
            Assert.Empty(reading.Problems);
        }
    }

    [Theory]
    [InlineData("example_logs")]
    [InlineData("attack_data")]
    public void Every_log_has_events(string folder)
    {
        var files = EventInput.Expand([Sample(folder)], static problem => Assert.Fail(problem.Message))
            .Where(static file => Path.GetExtension(file.Path) is ".json" or ".log" or ".xml").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var reading = Reading.Of(file);
            Assert.NotEmpty(reading.Events);
            // Some samples of the collection are cut within their only event.
            Assert.All(reading.Problems, static problem => Assert.Equal("truncated-xml", problem.Kind));
            if (Path.GetExtension(file.Path) == ".json") Assert.All(reading.Events, text => Assert.NotNull(JsonRow.Parse(System.Text.Encoding.UTF8.GetBytes(text))));
        }
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    static string Sample(string path)
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var full = Path.Combine(SharedData.Root!, "samples", path);
        Assert.SkipWhen(!Path.Exists(full), "there is no " + path);
        return full;
    }
}
