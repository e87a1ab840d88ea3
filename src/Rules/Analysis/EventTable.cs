namespace Karst.Rules.Analysis;

/// <summary>
/// How events of a log are recognised in a search: a field (sourcetype, source, ...) and a pattern of its value, in lower case with `*`. The provider is <see cref="Provider"/>, with the service's name behind it where
/// <see cref="ServiceField"/> names one (without <see cref="Suffix"/>); the event is the value of the first of <see cref="EventFields"/> that the search tests.
/// </summary>
public sealed record EventSource(string Field, string Pattern, string Provider, string Family, string ServiceField, string Suffix, IReadOnlyList<string> EventFields);

/// <summary>An event that a data model's dataset is filled from, as far as our own table knows.</summary>
public sealed record ModelEvent(string Model, string Dataset, string Provider, string Event, string Family);

/// <summary>Which logs have which events, from the tab-separated tables of `events/`: sources.tsv, events.tsv, models.tsv, data_sources.tsv.</summary>
public sealed class EventTable
{
    // Events are compared without case: so do the searches that name them.
    readonly Dictionary<string, (string Provider, string Event)> _events = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _titles = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _families = new(StringComparer.Ordinal);
    readonly List<(string Prefix, string Provider)> _dataSources = [];
    readonly ILookup<string, ModelEvent> _models;

    /// <summary>Reads the tables.</summary>
    public EventTable(TextReader sources, TextReader events, TextReader models, TextReader dataSources)
    {
        Sources =
        [
            .. TableRows.Read(sources).Select(static row => new EventSource(
                row("field"), row("value"), row("provider"), row("family"), row("service"), row("suffix"), row("events").Split(',', StringSplitOptions.RemoveEmptyEntries))),
        ];
        foreach (var row in TableRows.Read(events))
        {
            _events[$"{row("log")}\n{row("event")}"] = (row("provider"), row("event"));
            if (row("title").Length > 0) _titles[$"{row("provider")}\n{row("event")}"] = row("title");
        }
        var all = TableRows.Read(models).Select(static row => new ModelEvent(row("model"), row("dataset"), row("provider"), row("event"), row("family"))).ToList();
        _models = all.ToLookup(static row => $"{row.Model}.{row.Dataset}");
        foreach (var source in Sources) _families[source.Provider] = source.Family;
        foreach (var row in TableRows.Read(dataSources)) _dataSources.Add((row("name"), row("provider")));
        _dataSources.Sort(static (left, right) => right.Prefix.Length - left.Prefix.Length);
    }

    /// <summary>Tables without rows.</summary>
    public static EventTable Empty { get; } = new(TextReader.Null, TextReader.Null, TextReader.Null, TextReader.Null);

    /// <summary>Reads `events/` of a content folder; empty when it is not there.</summary>
    public static EventTable ReadFolder(string content)
    {
        var folder = Path.Combine(content, "events");
        if (!File.Exists(Path.Combine(folder, "sources.tsv"))) return Empty;
        using var sources = File.OpenText(Path.Combine(folder, "sources.tsv"));
        using var events = File.OpenText(Path.Combine(folder, "events.tsv"));
        using var models = File.OpenText(Path.Combine(folder, "models.tsv"));
        using var dataSources = File.OpenText(Path.Combine(folder, "data_sources.tsv"));
        return new EventTable(sources, events, models, dataSources);
    }

    /// <summary>How logs are recognised, in the order of the table.</summary>
    public IReadOnlyList<EventSource> Sources { get; }

    /// <summary>
    /// The provider that an event of a log has, and the event as the provider writes it: the log's own name, unless the table knows better (7045 of System is the Service Control Manager's).
    /// </summary>
    public (string Provider, string Event) Resolve(string log, string @event) => _events.TryGetValue($"{log}\n{@event}", out var known) ? known : (log, @event);

    /// <summary>An event's title; null when the table has none.</summary>
    public string? TitleOf(string provider, string @event) => _titles.GetValueOrDefault($"{provider}\n{@event}");

    /// <summary>The events that fill a dataset, `Endpoint.Processes`; those of `*` where the model alone is named.</summary>
    public IEnumerable<ModelEvent> OfModel(string model) => _models[model.Contains('.', StringComparison.Ordinal) ? model : model + ".*"];

    /// <summary>The kind of platform that a provider belongs to: `windows`, `linux`, `aws`, ...; empty when the table lacks it.</summary>
    public string FamilyOf(string provider) => _families.GetValueOrDefault(provider, "");

    /// <summary>The log and the event that a data source's name stands for: `Sysmon EventID 1`. What the table lacks is a log of its own name.</summary>
    public (string Log, string Event) OfDataSource(string name)
    {
        foreach (var (prefix, provider) in _dataSources)
        {
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || (name.Length > prefix.Length && name[prefix.Length] != ' ')) continue;
            var rest = name[prefix.Length..].Trim();
            return (provider, rest.Length == 0 ? CoveredEvent.CatchAll : rest);
        }
        return (name, CoveredEvent.CatchAll);
    }
}
