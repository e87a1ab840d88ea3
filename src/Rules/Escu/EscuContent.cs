using System.Collections.Concurrent;
using Karst.Rules.Yaml;
using Karst.Spl;

namespace Karst.Rules.Escu;

/// <summary>A lookup as a rule collection describes it; texts are as written, absent ones null.</summary>
public sealed record EscuLookup(string Name)
{
    /// <summary>The CSV file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>Where that file lies, when it is there.</summary>
    public string? FilePath { get; init; }

    /// <summary>The KV store collection.</summary>
    public string? Collection { get; init; }

    /// <summary>`csv`, `kvstore`, `mlmodel`.</summary>
    public string? LookupType { get; init; }

    /// <summary>`WILDCARD(a)`, `CIDR(b)`.</summary>
    public IReadOnlyList<string> MatchTypes { get; init; } = [];

    /// <summary>Null when the file does not say.</summary>
    public bool? CaseSensitiveMatch { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public int? MinMatches { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public int? MaxMatches { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public string? DefaultMatch { get; init; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>The macros and lookups of a rule collection's folder; a file is read when its name is asked for. Safe for several threads.</summary>
public sealed class EscuContent
{
    const string BaselineType = "Baseline";

    readonly ConcurrentDictionary<string, YamlMap?> _files = new(StringComparer.Ordinal);
    readonly List<RuleDiagnostic> _diagnostics = [];
    readonly Lazy<IReadOnlyList<EscuBaseline>> _baselines;
    readonly Lazy<(Dictionary<string, RuleSchedule> ByName, Dictionary<string, RuleSchedule> ByType)> _schedules;
    readonly Lock _lock = new();

    /// <summary>The collection of a folder.</summary>
    public EscuContent(string path)
    {
        Path = path;
        _baselines = new(ReadBaselines);
        _schedules = new(ReadSchedules);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What was wrong with the files read so far.</summary>
    public IReadOnlyList<RuleDiagnostic> Diagnostics
    {
        get
        {
            lock (_lock) return [.. _diagnostics];
        }
    }

    /// <summary>The nearest folder, from that of <paramref name="path"/> (a file or a folder) upwards, that has `contentctl.yml` or `macros/`; null when none has.</summary>
    public static string? Find(string path)
    {
        var start = Directory.Exists(path) ? path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (Is(folder.FullName)) return folder.FullName;
        return null;
    }

    /// <summary>The folder is a rule collection: it has `contentctl.yml` or `macros/`.</summary>
    public static bool Is(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "contentctl.yml")) || Directory.Exists(System.IO.Path.Combine(folder, "macros"));

    /// <summary>Finds a macro by key, `name` or `name(2)`.</summary>
    public Macro? FindMacro(string key)
    {
        var open = key.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? key : key[..open];
        if (Read("macros", name) is not { } map) return null;
        var fields = Fields("macros", name);
        var macro = new Macro(name, fields.Texts(map, "arguments"), fields.Text(map, "definition"));
        return macro.Key == key ? macro : null;
    }

    /// <summary>Finds a lookup by name.</summary>
    public EscuLookup? FindLookup(string name)
    {
        if (Read("lookups", name) is not { } map) return null;
        var fields = Fields("lookups", name);
        var type = fields.TextOrNull(map, "lookup_type");
        var collection = fields.TextOrNull(map, "collection") ?? (type == "kvstore" ? name : null);
        // The second generation names no file: the table has the YAML's name.
        var file = collection is null && type is null or "csv" ? fields.TextOrNull(map, "filename") ?? name + ".csv" : null;
        return new EscuLookup(name)
        {
            FileName = file,
            FilePath = file is null ? null : FindLookupFile(file),
            Collection = collection,
            LookupType = type,
            MatchTypes = [.. fields.Texts(map, "match_type").SelectMany(types => types.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            CaseSensitiveMatch = map.Get("case_sensitive_match") is null ? null : fields.Flag(map, "case_sensitive_match"),
            MinMatches = fields.Whole(map, "min_matches"),
            MaxMatches = fields.Whole(map, "max_matches"),
            DefaultMatch = fields.TextOrNull(map, "default_match"),
            Fields = [.. fields.Texts(map, map.Get("fields_list") is null ? "fields" : "fields_list").SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        };
    }

    /// <summary>All stories of the collection, by the names of their files; a file that cannot be read is a diagnostic.</summary>
    public IReadOnlyList<EscuStory> Stories() => [.. FilesOf("stories").Select(static file => EscuStory.Read(file.Map, file.Fields)).OfType<EscuStory>()];

    /// <summary>All data sources of the collection, by the names of their files; a file that cannot be read is a diagnostic.</summary>
    public IReadOnlyList<EscuDataSource> DataSources() => [.. FilesOf("data_sources").Select(static file => EscuDataSource.Read(file.Map, file.Fields)).OfType<EscuDataSource>()];

    /// <summary>All baselines of the collection, by the names of their files; a file that cannot be read is a diagnostic.</summary>
    public IReadOnlyList<EscuBaseline> Baselines() => _baselines.Value;

    /// <summary>When a rule is run: as its file says, as the schedule that it names, or as the deployment for its type; null when nothing in the collection says.</summary>
    public RuleSchedule? ScheduleOf(Rule rule) => ScheduleOf(rule, rule.Type.ToString());

    /// <summary>When a baseline is run; see <see cref="ScheduleOf(Rule)"/>.</summary>
    public RuleSchedule? ScheduleOf(EscuBaseline baseline) => ScheduleOf(baseline.Rule, BaselineType);

    RuleSchedule? ScheduleOf(Rule rule, string type)
    {
        if (rule.Schedule is { } own) return own;
        if (rule.ScheduleName.Length > 0 && _schedules.Value.ByName.TryGetValue(rule.ScheduleName, out var named)) return named;
        return _schedules.Value.ByType.GetValueOrDefault(type);
    }

    IReadOnlyList<EscuBaseline> ReadBaselines() => [.. FilesOf("baselines").Select(static file => EscuBaseline.Read(file.Path, file.Map, file.Fields)).OfType<EscuBaseline>()];

    (Dictionary<string, RuleSchedule>, Dictionary<string, RuleSchedule>) ReadSchedules()
    {
        var byName = new Dictionary<string, RuleSchedule>(StringComparer.OrdinalIgnoreCase);
        var byType = new Dictionary<string, RuleSchedule>(StringComparer.OrdinalIgnoreCase);
        foreach (var (_, map, fields) in FilesOf("deployments").Concat(FilesOf("schedules")))
        {
            var schedule = EscuSchedule.Shared(fields, map);
            if (fields.TextOrNull(map, "name") is { } name) byName.TryAdd(name, schedule);
            if (map.Get("type") is YamlScalar { Value: var type }) byType.TryAdd(type, schedule);
        }
        return (byName, byType);
    }

    IEnumerable<(string Path, YamlMap Map, YamlFields Fields)> FilesOf(string kind)
    {
        var folder = System.IO.Path.Combine(Path, kind);
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFiles(folder, "*.yml").Order(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(file => (Path: file, Map: _files.GetOrAdd(file, ReadFile), Fields: new YamlFields(file, [])))
            .Where(static file => file.Map is not null).Select(static file => (file.Path, file.Map!, file.Fields)).ToList();
    }

    /// <summary>The path of a table (`users.csv`) in `lookups/`; null when it is not there.</summary>
    public string? FindLookupFile(string fileName)
    {
        if (fileName.AsSpan().ContainsAny('/', '\\')) return null;
        foreach (var folder in s_lookupFolders)
        {
            var file = System.IO.Path.Combine(Path, folder, fileName);
            if (File.Exists(file)) return file;
        }
        return null;
    }

    static readonly string[] s_lookupFolders = ["lookups", "lookups/csv", "lookups/kvstore"];

    YamlFields Fields(string kind, string name) => new($"{Path}/{kind}/{name}.yml", []);

    YamlMap? Read(string kind, string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny('/', '\\', '\0') || name.StartsWith('.')) return null;
        string[] folders = kind == "lookups" ? s_lookupFolders : [kind];
        foreach (var folder in folders)
            // Files are named in lower case even where the object's name is not.
            foreach (var file in (ReadOnlySpan<string>)[name + ".yml", name.ToLowerInvariant() + ".yml", name + ".yaml"])
            {
                if (_files.GetOrAdd(System.IO.Path.Combine(Path, folder, file), ReadFile) is not { } map) continue;
                if (map.Get("name") is not YamlScalar { Value: var own } || own == name) return map;
            }
        return null;
    }

    YamlMap? ReadFile(string file)
    {
        if (!File.Exists(file)) return null;
        var found = new List<RuleDiagnostic>();
        try
        {
            return YamlReader.Read(file, RuleText.Read(file), found) as YamlMap;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found.Add(new RuleDiagnostic(file, new FilePlace(1, 1), RuleErrors.Unreadable(error.Message)));
            return null;
        }
        finally
        {
            lock (_lock) _diagnostics.AddRange(found);
        }
    }
}
