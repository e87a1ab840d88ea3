using System.Text.Json;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class KnowledgeCloudtrailTests
{
    /// <summary>Columns that an indexer or search head makes, which are no knowledge of the sourcetype.</summary>
    static readonly string[] s_indexer =
    [
        "date_hour", "date_mday", "date_minute", "date_month", "date_second", "date_wday", "date_year", "date_zone",
        "linecount", "punct", "splunk_server", "splunk_server_group", "timeendpos", "timestartpos",
    ];

    /// <summary>Columns that a log file alone cannot know.</summary>
    static readonly string[] s_metadata = ["host", "index", "source"];

    /// <summary>Lists of many events together, which name every column that any of them had.</summary>
    static readonly string[] s_merged = ["aws_cloudtrail_deletealarms.fields.yml", "aws_cloudtrail_deletesnapshot.fields.yml"];

    readonly KnowledgeProblems _problems = new();

    [Fact]
    public void Our_own_pack_reads_without_a_problem()
    {
        new KnowledgeBase([], _problems).FieldsFor(new EventOrigin("f", "aws:cloudtrail", "h", "main"), FieldSet.All);
        Assert.Empty(_problems.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exported_events_get_every_value_that_Splunk_showed(bool rawAlone)
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var path = Path.Combine(SharedData.Root!, "samples/splunk_export/aws_cloudtrail_export.csv");
        var export = CsvTable.Read(path, 1 << 24);
        var raws = export.Cells[Array.IndexOf(export.Columns, "_raw")].Select(value => value.ToString()).ToArray();
        var ours = (rawAlone ? SearchText(string.Join('\n', raws)) : Search(path)).ToDictionary(row => row["_raw"].ToString());
        Assert.Equal(6, ours.Count);
        var compared = 0;
        var differences = new List<string>();
        for (var row = 0; row < export.Rows; row++)
            for (var column = 0; column < export.Columns.Length; column++)
            {
                var name = export.Columns[column];
                var theirs = export.Cells[column][row].ToString();
                if (theirs.Length == 0 || s_indexer.Contains(name) || (rawAlone && s_metadata.Contains(name))) continue;
                compared++;
                var value = ours[raws[row]].TryGetValue(name, out var found) ? found.ToString() : "";
                if (name == "_time" && EventTime.TryParse(theirs, TimeZoneInfo.Utc, out var time)) theirs = Value.FromNumber(time).ToString();
                // The export joins the values of `eventtype` with blanks.
                if (name == "eventtype") value = value.Replace('\n', ' ');
                if (value != theirs) differences.Add($"{row} {name}: {value} is not {theirs}");
            }
        Assert.True(compared > 400, $"{compared}");
        // `err0r` is an event type of the add-on for Unix, which tags every event with the word `error`.
        Assert.Equal(
            ["2 eventtype:  is not err0r", "2 tag:  is not error", "2 tag::eventtype:  is not error"],
            differences.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_call_by_an_assumed_role_has_user_and_user_name()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var row = Assert.Single(Search(Path.Combine(SharedData.Root!, "samples/example_logs/aws_cloudtrail_describeimagescanfindings.json")));
        Assert.Equal("test", row["user_name"].ToString());
        Assert.Equal("DescribeImageScanFindings", row["signature"].ToString());
        Assert.Equal("ecr.amazonaws.com", row["dest"].ToString());
        Assert.Equal("154.16.165.133", row["src"].ToString());
        Assert.Equal("111111111111", row["vendor_account"].ToString());
        Assert.Equal("eu-central-1", row["vendor_region"].ToString());
        Assert.Equal("AWS CloudTrail", row["vendor_product"].ToString());
        Assert.False(row["user"].IsNull);
        Assert.False(row["user_id"].IsNull);
        Assert.Equal("change\ncloud", row["tag"].ToString());
    }

    [Fact]
    public void The_sample_logs_have_the_fields_that_Splunk_lists()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var missing = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var samples = 0;
        foreach (var list in Directory.GetFiles(Path.Combine(SharedData.Root!, "samples/example_logs"), "aws_cloudtrail_*.fields.yml").Order(StringComparer.Ordinal))
        {
            var log = list.Replace(".fields.yml", ".json", StringComparison.Ordinal);
            if (!IsJson(File.ReadAllText(log)) || s_merged.Contains(Path.GetFileName(list))) continue;
            samples++;
            var row = Assert.Single(Search(log));
            foreach (var name in Listed(list))
            {
                if (s_indexer.Contains(name)) continue;
                if (row.TryGetValue(name, out var value) && !value.IsNull) continue;
                if (!missing.TryGetValue(name, out var where)) missing[name] = where = [];
                where.Add(Path.GetFileName(list)["aws_cloudtrail_".Length..^".fields.yml".Length]);
            }
        }
        Assert.True(samples >= 40);
        Assert.Equal("", string.Join('\n', missing.Select(entry => $"{entry.Key}: {string.Join(' ', entry.Value)}")));
    }

    static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static IEnumerable<string> Listed(string path)
    {
        var inFields = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("fields:", StringComparison.Ordinal)) inFields = true;
            else if (inFields && line.StartsWith("- ", StringComparison.Ordinal)) yield return line[2..].Trim().Trim('\'');
            else inFields = false;
        }
    }

    List<Dictionary<string, Value>> SearchText(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return Search(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>All fields of all events of a file, as `karst search '*'` finds them: nothing is said of the file.</summary>
    List<Dictionary<string, Value>> Search(string path)
    {
        var knowledge = new KnowledgeBase([], _problems);
        var files = EventInput.Expand([path], static problem => Assert.Fail(problem.Message)).ToList();
        var source = new FileSource(files, new FileMetadata(), knowledge, static problem => Assert.Fail(problem.Message));
        var rows = new RowStore();
        var sink = new Sink(batch =>
        {
            rows.Add(batch);
            return true;
        });
        var plan = Pipeline.Compile("*", new CompileOptions { Knowledge = knowledge, Now = 0 }).Plan!;
        Assert.Null(Assert.Single(Runner.Run([new PlannedSearch(plan, new RunContext { Now = 0 }, sink)], source, TestContext.Current.CancellationToken)).Failure);
        return [.. Enumerable.Range(0, rows.Count).Select(row =>
            rows.Names.Where(name => !rows.Get(name, row).IsNull).ToDictionary(name => name, name => rows.Get(name, row)))];
    }
}
