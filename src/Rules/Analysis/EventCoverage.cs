using System.IO.Enumeration;

namespace Karst.Rules.Analysis;

/// <summary>How it is known that a rule watches an event: its predicates name it, a data model is filled from it, or the rule's `data_source` says so.</summary>
public enum CoverageOrigin { Predicates, DataModel, DataSource }

/// <summary>What a rule watches: a provider and one of its events, or `_catch_all`.</summary>
public sealed record CoveredEvent(string Provider, string Event)
{
    /// <summary>The event of a rule that names the provider only.</summary>
    public const string CatchAll = "_catch_all";

    /// <summary>Numbers by their size, before names in ordinal order.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(static (left, right) =>
        (int.TryParse(left, out var one), int.TryParse(right, out var other)) switch
        {
            (true, true) => one.CompareTo(other),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        });

    /// <summary>How it is known.</summary>
    public CoverageOrigin Origin { get; init; }

    /// <summary>The event's title, where our own table has one.</summary>
    public string? Title { get; init; }

    /// <summary>The data model or data source that says so.</summary>
    public string? Because { get; init; }
}

/// <summary>The events that a rule's predicates name; else those of its data models; else its data sources.</summary>
public sealed class EventCoverage(EventTable table)
{
    // More alternatives of sources, services and events than this are taken together instead of one by one.
    const int MaxAlternatives = 256;

    // Data models stand among the sources under this name.
    const string ModelField = "datamodel";

    readonly HashSet<string> _fields =
    [
        .. table.Sources.SelectMany(static source => source.EventFields.Append(source.Field).Append(source.ServiceField)).Where(static field => field.Length > 0),
    ];

    /// <summary>Provider and event, each once, sorted.</summary>
    public IReadOnlyList<CoveredEvent> Of(Rule rule, RuleAnalysis analysis)
    {
        var said = rule.DataSources.SelectMany(static name => name.Split(" AND ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => (Name: name, Event: table.OfDataSource(name))).ToList();
        var families = said.Select(source => table.FamilyOf(source.Event.Log)).Where(static family => family.Length > 0).ToHashSet();
        var found = new Dictionary<(string, string), CoveredEvent>();
        foreach (var scope in Scopes(analysis)) AddNamed(Alternatives(scope), families, Add);
        var isNamed = found.Count > 0;
        foreach (var model in analysis.Models) AddModel(model, families, isNamed, Add);
        if (found.Count == 0)
            foreach (var (name, (log, @event)) in said) Add(log, @event, CoverageOrigin.DataSource, name);
        return
        [
            .. found.Values.Where(covered => covered.Event != CoveredEvent.CatchAll || !found.Keys.Any(key => key.Item1 == covered.Provider && key.Item2 != CoveredEvent.CatchAll))
                .OrderBy(static covered => covered.Provider, StringComparer.Ordinal).ThenBy(static covered => covered.Event, CoveredEvent.Order),
        ];

        void Add(string log, string written, CoverageOrigin origin, string? because)
        {
            var (provider, @event) = table.Resolve(log, written);
            found.TryAdd((provider, @event), new CoveredEvent(provider, @event) { Origin = origin, Because = because, Title = table.TitleOf(provider, @event) });
        }
    }

    void AddModel(string model, HashSet<string> families, bool isNamed, Action<string, string, CoverageOrigin, string?> add)
    {
        // A dataset is filled from logs of many platforms: those that the rule's data sources name, where they name some.
        var events = table.OfModel(model).Where(row => families.Count == 0 || families.Contains(row.Family)).ToList();
        foreach (var row in events) add(row.Provider, row.Event, CoverageOrigin.DataModel, model);
        // A model whose logs the table does not know stands for itself, unless the predicates have said more.
        if (events.Count > 0 || isNamed) return;
        var parts = model.Split('.');
        add($"CIM-{parts[0]}", parts[^1], CoverageOrigin.DataModel, model);
    }

    void AddNamed(List<List<FieldPredicate>> alternatives, HashSet<string> families, Action<string, string, CoverageOrigin, string?> add)
    {
        var found = alternatives.SelectMany(leaves => SourcesOf(leaves).Select(source => (Source: source, Leaves: leaves))).ToList();
        // A data model is filled from logs of many platforms: which one is meant, data sources say; without any, only Windows' own numbers can be told.
        found.RemoveAll(pair => pair.Source.Field == ModelField && !families.Contains(pair.Source.Family) && (families.Count > 0 || pair.Source.Family != "windows"));
        // `sysmon` of two platforms: the one that the rule's data sources name.
        if (found.Exists(pair => families.Contains(pair.Source.Family))) found.RemoveAll(pair => !families.Contains(pair.Source.Family));
        foreach (var (source, leaves) in found)
        {
            var services = source.ServiceField.Length == 0 ? [] : Values(leaves, source.ServiceField);
            var events = source.EventFields.Select(field => Values(leaves, field)).FirstOrDefault(static values => values.Count > 0) ?? [];
            // A data model is filled from many logs: without an event, none of them is named.
            if (events.Count == 0 && source.Field == ModelField) continue;
            foreach (var provider in services.Count == 0 ? [source.Provider] : services.Select(service => $"{source.Provider}-{WithoutSuffix(service, source.Suffix)}"))
                foreach (var @event in events.Count > 0 ? events : [CoveredEvent.CatchAll]) add(provider, @event, CoverageOrigin.Predicates, null);
        }
    }

    List<EventSource> SourcesOf(List<FieldPredicate> leaves)
    {
        var sources = table.Sources.Where(source => leaves.Exists(leaf => leaf.Field == source.Field && leaf.Values.Any(value => Matches(source, leaf, value)))).DistinctBy(static source => source.Provider).ToList();
        // `XmlWinEventLog` alone is any of Windows' logs.
        if (sources.Exists(static source => source.Provider != "Windows")) sources.RemoveAll(static source => source.Provider == "Windows");
        // A search that names no log may name a service that only one kind of log has.
        if (sources.Count == 0)
            sources.AddRange(table.Sources.Where(source => source.Suffix.Length > 0 && Values(leaves, source.ServiceField).Exists(value => value.EndsWith(source.Suffix, StringComparison.OrdinalIgnoreCase))).Take(1));
        return sources;
    }

    static bool Matches(EventSource source, FieldPredicate leaf, string value)
    {
        var pattern = leaf.Kind switch
        {
            PredicateKind.StartsWith => value + "*",
            PredicateKind.EndsWith => "*" + value,
            PredicateKind.Contains => $"*{value}*",
            _ => value,
        };
        // Patterns on both sides: a log is meant when the search's pattern, taken as a text, is one of the table's, or the other way round.
        return FileSystemName.MatchesSimpleExpression(source.Pattern, pattern) || (pattern != value && FileSystemName.MatchesSimpleExpression(pattern, source.Pattern.Trim('*')));
    }

    static List<string> Values(List<FieldPredicate> alternative, string field) =>
        [.. alternative.Where(leaf => leaf.Field == field && leaf.Kind is PredicateKind.Eq or PredicateKind.In).SelectMany(static leaf => leaf.Values).Distinct(StringComparer.Ordinal)];

    static string WithoutSuffix(string text, string suffix) =>
        suffix.Length > 0 && text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? text[..^suffix.Length] : text;

    // The main search is one world, and every subsearch another.
    static IEnumerable<List<Predicate>> Scopes(RuleAnalysis analysis)
    {
        IEnumerable<Predicate> models = analysis.Models.Count == 0 ? [] : [new FieldPredicate(ModelField, PredicateKind.In, analysis.Models, Negated: false)];
        yield return [.. models, .. analysis.Stages.SelectMany(static stage => stage.Filters)];
        foreach (var inner in analysis.Stages.SelectMany(static stage => stage.Predicates).SelectMany(Subsearches)) yield return [.. inner.Inner];
    }

    static IEnumerable<SubsearchPredicate> Subsearches(Predicate predicate) => predicate switch
    {
        SubsearchPredicate sub => sub.Inner.SelectMany(Subsearches).Prepend(sub),
        PredicateGroup group => group.Terms.SelectMany(Subsearches),
        _ => [],
    };

    // (source=a event=1) OR (source=b event=2): which events go with which sources. Only what names sources, services and events is looked at.
    List<List<FieldPredicate>> Alternatives(IReadOnlyList<Predicate> terms)
    {
        List<List<FieldPredicate>> all = [[]];
        foreach (var term in terms)
        {
            if (Alternatives(term) is not { Count: > 0 } more) continue;
            if (all.Count * more.Count > MaxAlternatives) more = [[.. more.SelectMany(static leaves => leaves)]];
            all = [.. all.SelectMany(left => more.Select(right => (List<FieldPredicate>)[.. left, .. right]))];
        }
        return all;
    }

    List<List<FieldPredicate>> Alternatives(Predicate predicate) => predicate switch
    {
        FieldPredicate { Negated: false, HasComputedValues: false } leaf when _fields.Contains(FieldNames.Normalize(leaf.Field)) && leaf.Kind != PredicateKind.Ne => [[leaf with { Field = FieldNames.Normalize(leaf.Field) }]],
        PredicateGroup { Any: false } group => [.. Alternatives(group.Terms).Where(static leaves => leaves.Count > 0)],
        // An alternative that names nothing leaves the others' names in place: what is known of some rows is shown.
        PredicateGroup group => [.. group.Terms.SelectMany(Alternatives)],
        _ => [],
    };
}
