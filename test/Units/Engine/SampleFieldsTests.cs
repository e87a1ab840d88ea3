using System.Text.Json;
using System.Text.RegularExpressions;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

/// <summary>
/// The fields of 195 sample logs beside the names that a Splunk with the add-on shows for their sources. Lists come from whole data files: a path that the
/// one event of a sample does not have is set aside, as is a sample that was cut to nothing.
/// </summary>
public sealed partial class SampleFieldsTests
{
    static readonly HashSet<string> s_everywhere = new(StringComparer.Ordinal)
    {
        "_time", "punct", "splunk_server", "splunk_server_group", "linecount", "timestartpos", "timeendpos", "index", "host", "source", "sourcetype", "eventtype", "tag",
        "date_hour", "date_mday", "date_minute", "date_month", "date_second", "date_wday", "date_year", "date_zone",
    };

    /// <summary>Sourcetypes whose names are not reached in nine of ten, and why (docs/reference/sourcetypes/README.md).</summary>
    static readonly Dictionary<string, string> s_short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["activedirectory"] = "the sample is an event of the Security log",
        ["crowdstrike:events:sensor"] = "lookups of the customer's own hosts, and the meanings of flags that are not documented",
        ["aws:cloudwatchlogs:vpcflow"] = "one of two names: a tag of an action, which would tag that action for every sourcetype",
        ["_json"] = "one of two names: `timestamp`, which an indexer makes",
        ["wineventlog"] = "samples that were cut to their date",
    };

    readonly KnowledgeBase _knowledge = new([], new KnowledgeProblems());

    [Fact]
    public void Sample_logs_have_the_fields_that_Splunk_shows()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var folder = Path.Combine(SharedData.Root!, "samples", "example_logs");
        var made = Table(Path.Combine(folder, "TA_FIELDS.tsv")).Where(static row => row.Length > 2).ToLookup(static row => row[0], static row => row[2], StringComparer.OrdinalIgnoreCase);
        var counts = new SortedDictionary<string, (int Raw, int RawFound, int Made, int MadeFound, int Aside)>(StringComparer.OrdinalIgnoreCase);
        var samples = Table(Path.Combine(folder, "INDEX.tsv")).Skip(1).Where(row => row[3] != "-" && File.Exists(Path.Combine(folder, $"{row[0]}.{row[3]}")))
            .Select(row => (Row: row, Path: Path.Combine(folder, $"{row[0]}.{row[3]}")))
            // A date and nothing else is left of some.
            .Select(static sample => (sample.Row, sample.Path, Text: File.ReadAllText(sample.Path))).Where(static sample => sample.Text.Length >= 60)
            .Select(static sample => (sample.Row, sample.Path, Present: Paths(sample.Text), IsCut: sample.Text.StartsWith('<') && !sample.Text.TrimEnd().EndsWith('>'))).ToList();
        // The list of made names has some that are paths of other events of the sourcetype: these are no more than paths here.
        var paths = samples.ToLookup(static sample => sample.Row[1], static sample => sample.Present, StringComparer.OrdinalIgnoreCase);
        foreach (var (row, path, present, isCut) in samples)
        {
            var found = Fields(path, row[1], row[2]);
            var (raw, rawFound, derived, derivedFound, aside) = counts.GetValueOrDefault(row[1]);
            foreach (var name in Listed(Path.Combine(folder, row[0] + ".fields.yml")))
            {
                if (s_everywhere.Contains(name)) continue;
                var isMade = made[row[1]].Contains(name) && !paths[row[1]].Any(other => other.Contains(name));
                // Nobody can tell what stood behind the end of an event that was cut.
                if (isMade && isCut && !found.Contains(name)) aside++;
                else if (isMade || name.StartsWith("tag::", StringComparison.Ordinal)) (derived, derivedFound) = (derived + 1, derivedFound + (found.Contains(name) ? 1 : 0));
                else if (present.Contains(name) || found.Contains(name)) (raw, rawFound) = (raw + 1, rawFound + (found.Contains(name) ? 1 : 0));
                else aside++;
            }
            counts[row[1]] = (raw, rawFound, derived, derivedFound, aside);
        }
        var all = counts.Values;
        Assert.True(all.Sum(static one => one.RawFound) >= 0.99 * all.Sum(static one => one.Raw), "raw paths");
        var reached = counts.Where(static one => !s_short.ContainsKey(one.Key)).ToList();
        Assert.True(reached.Sum(static one => one.Value.MadeFound) >= 0.98 * reached.Sum(static one => one.Value.Made), "names that an add-on makes");
        Assert.All(reached, static one => Assert.True(one.Value.MadeFound >= 0.9 * one.Value.Made, $"{one.Key}: {one.Value}"));
        Assert.All(reached, static one => Assert.True(one.Value.RawFound >= 0.95 * one.Value.Raw, $"{one.Key}: {one.Value}"));
    }

    [Fact]
    public void Sample_logs_are_recognised_from_their_content()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var folder = Path.Combine(SharedData.Root!, "samples", "example_logs");
        var others = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in Table(Path.Combine(folder, "INDEX.tsv")).Skip(1))
        {
            var path = Path.Combine(folder, $"{row[0]}.{row[3]}");
            if (row[3] == "-" || !File.Exists(path) || new FileInfo(path).Length < 60) continue;
            var source = new FileSource([new InputFile(path, path)], new FileMetadata(null, null, null, null), _knowledge, static _ => { });
            Run(source, FieldSet.Of("sourcetype"));
            var recognised = source.Progress.Recognised[0].Sourcetype;
            if (!recognised.Equals(row[1], StringComparison.OrdinalIgnoreCase)) others[row[0]] = recognised;
        }
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                // Its content says `login`; the sample calls it by another report.
                ["google_workspace_login_failure"] = "gws:reports:login",
                ["google_workspace_login_success"] = "gws:reports:login",
                // A value without a form of its own.
                ["powershell_installed_iis_modules"] = "unknown",
                // These samples hold other events than their names say.
                ["splunk_stream_ip"] = "nginx:plus:kv",
                ["windows_active_directory_admon"] = "XmlWinEventLog",
                // The same XML under another sourcetype.
                ["windows_event_log_remoteconnectionmanager_1149"] = "XmlWinEventLog",
                ["windows_event_log_taskscheduler_200"] = "XmlWinEventLog",
            },
            others);
    }

    HashSet<string> Fields(string path, string sourcetype, string source)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var files = new FileSource([new InputFile(path, path)], new FileMetadata(sourcetype, source, null, null), _knowledge, static _ => { });
        foreach (var batch in Run(files, FieldSet.All))
            foreach (var column in batch.Columns)
                if (column.Values.AsSpan(0, batch.Count).ToArray().Any(static value => !value.IsNull && value.ToString().Length > 0)) names.Add(column.Name);
        return names;
    }

    static List<Batch> Run(FileSource source, FieldSet fields)
    {
        var batches = new List<Batch>();
        var plan = new Plan([new EventsStage(fields)]);
        Runner.Run([new PlannedSearch(plan, new RunContext { Now = 1_700_000_000 }, new Sink(batch =>
        {
            batches.Add(batch);
            return true;
        }))], source, TestContext.Current.CancellationToken);
        return batches;
    }

    // The paths of JSON, the names in XML, and `name=` and `name:` in text: what the event itself has, with a value.
    static HashSet<string> Paths(string text)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in (string[])[text, .. text.Split('\n')])
        {
            try
            {
                using var document = JsonDocument.Parse(part);
                Walk(document.RootElement, "", paths);
            }
            catch (JsonException)
            {
                // Text that is no JSON has no paths.
            }
        }
        foreach (Match match in Names().Matches(text)) paths.Add(match.Groups[1].Value);
        return paths;
    }

    static void Walk(JsonElement element, string path, HashSet<string> paths)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Walk(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name, paths);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Walk(item, path + "{}", paths);
                break;
            default:
                if (element.ToString().Length > 0 || element.ValueKind == JsonValueKind.Null) paths.Add(path);
                break;
        }
    }

    static IEnumerable<string> Listed(string path)
    {
        var inFields = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("fields:", StringComparison.Ordinal)) inFields = true;
            else if (inFields && line.StartsWith("- ", StringComparison.Ordinal)) yield return line[2..].Trim().Trim('\'', '"');
            else inFields = false;
        }
    }

    static IEnumerable<string[]> Table(string path) => File.ReadLines(path).Select(static line => line.Split('\t'));

    [GeneratedRegex(@"<Data Name=['""]([^'""]+)['""]>[^<\s]|<(\w+)[^>]*>[^<\s]")]
    private static partial Regex Names();
}
