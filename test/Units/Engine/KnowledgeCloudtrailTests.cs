using System.Text;
using System.Text.Json;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class KnowledgeCloudtrailTests
{
    /// <summary>Columns that an indexer or search head makes, which are no knowledge of the sourcetype.</summary>
    static readonly string[] s_indexer =
        ["_raw", "_time", "host", "index", "linecount", "punct", "source", "sourcetype", "splunk_server", "splunk_server_group", "timeendpos", "timestartpos"];

    /// <summary>Lists of many events together, which name every column that any of them had.</summary>
    static readonly string[] s_merged = ["aws_cloudtrail_deletealarms.fields.yml", "aws_cloudtrail_deletesnapshot.fields.yml"];

    readonly KnowledgeProblems _problems = new();

    [Fact]
    public void Our_own_pack_reads_without_a_problem()
    {
        new KnowledgeBase([], _problems).FieldsFor(new EventOrigin("f", "aws:cloudtrail", "h", "main"), FieldSet.All);
        Assert.Empty(_problems.All);
    }

    [Fact]
    public void Exported_events_get_every_value_that_Splunk_showed()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var export = CsvTable.Read(Path.Combine(SharedData.Root!, "samples/splunk_export/aws_cloudtrail_export.csv"), 1 << 24);
        var raws = export.Cells[Array.IndexOf(export.Columns, "_raw")].Select(value => value.ToString()).ToArray();
        var rows = Fields(raws);
        var differences = new List<string>();
        for (var row = 0; row < export.Rows; row++)
            for (var column = 0; column < export.Columns.Length; column++)
            {
                var name = export.Columns[column];
                var theirs = export.Cells[column][row].ToString();
                if (theirs.Length == 0 || s_indexer.Contains(name) || name.StartsWith("date_", StringComparison.Ordinal)) continue;
                var ours = rows[row].TryGetValue(name, out var value) ? value.ToString() : "";
                // The export joins the values of `eventtype` with blanks.
                if (name == "eventtype") ours = ours.Replace('\n', ' ');
                if (ours != theirs) differences.Add($"{row} {name}: {ours} is not {theirs}");
            }
        // `err0r` is an event type of the add-on for Unix, which tags every event with the word `error`.
        Assert.Equal(
            ["2 eventtype:  is not err0r", "2 tag:  is not error", "2 tag::eventtype:  is not error"],
            differences.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_call_by_an_assumed_role_has_user_and_user_name()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var row = Fields([File.ReadAllText(Path.Combine(SharedData.Root!, "samples/example_logs/aws_cloudtrail_describeimagescanfindings.json"))])[0];
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
            var raw = File.ReadAllText(list.Replace(".fields.yml", ".json", StringComparison.Ordinal));
            if (!IsJson(raw) || s_merged.Contains(Path.GetFileName(list))) continue;
            samples++;
            var row = Fields([raw])[0];
            foreach (var name in Listed(list))
            {
                if (s_indexer.Contains(name) || name.StartsWith("date_", StringComparison.Ordinal)) continue;
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

    List<Dictionary<string, Value>> Fields(string[] raws)
    {
        var origin = new EventOrigin("f", "aws:cloudtrail", "h", "main");
        var knowledge = new KnowledgeBase([], _problems).FieldsFor(origin, FieldSet.All);
        var columns = new Dictionary<string, Value[]>(StringComparer.Ordinal)
        {
            ["_raw"] = [.. raws.Select(Value.FromText)],
            ["sourcetype"] = [.. raws.Select(_ => Value.FromText(origin.Sourcetype))],
        };
        for (var row = 0; row < raws.Length; row++)
        {
            using var json = JsonDocument.Parse(raws[row]);
            Flatten(json.RootElement, "", row);
        }
        var found = new List<Dictionary<string, Value>>();
        KnowledgeRows.Push(knowledge.Stages, new Batch(raws.Length, [.. columns.Select(column => new Column(column.Key, column.Value))]), batch =>
        {
            for (var row = 0; row < batch.Count; row++)
                found.Add(batch.Columns.ToArray().Where(column => !column.Values[row].IsNull).ToDictionary(column => column.Name, column => column.Values[row].Detach()));
        });
        return found;

        void Flatten(JsonElement element, string path, int row)
        {
            if (element.ValueKind == JsonValueKind.Object)
                foreach (var property in element.EnumerateObject()) Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", row);
            else if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray()) Flatten(item, path + "{}", row);
            else
            {
                if (!columns.TryGetValue(path, out var values)) columns[path] = values = new Value[raws.Length];
                var text = Value.FromText(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
                values[row] = values[row].IsNull ? text : Value.FromMany(Enumerable.Range(0, values[row].Count).Select(index => values[row][index]).Append(text).ToArray());
            }
        }
    }
}
