namespace Karst.Catalog.Model;

/// <summary>
/// The whole catalogue as data: every page, HTML or JSON, is made from this and nothing else. Lists are in the order in which pages show them;
/// the same rules give the same model, whatever the order in which they were read.
/// </summary>
public sealed record CatalogModel
{
    /// <summary>The rules, by platform and name.</summary>
    public required IReadOnlyList<RuleEntry> Rules { get; init; }

    /// <summary>The events that rules watch, by provider and event.</summary>
    public required IReadOnlyList<EventEntry> Events { get; init; }

    /// <summary>The providers of these events, by name.</summary>
    public required IReadOnlyList<ProviderEntry> Providers { get; init; }

    /// <summary>The fields that rules test, by normalised name.</summary>
    public required IReadOnlyList<FieldEntry> Fields { get; init; }

    /// <summary>The values that rules look for, by field and value.</summary>
    public required IReadOnlyList<ValueEntry> Values { get; init; }

    /// <summary>The ATT&amp;CK techniques that rules name, by id.</summary>
    public required IReadOnlyList<TechniqueEntry> Techniques { get; init; }

    /// <summary>The matrix: tactics in ATT&amp;CK's order, each with its techniques, covered or not.</summary>
    public required IReadOnlyList<TacticEntry> Tactics { get; init; }

    /// <summary>Analytic stories, by name.</summary>
    public required IReadOnlyList<StoryEntry> Stories { get; init; }

    /// <summary>Data sources that rules name, by name.</summary>
    public required IReadOnlyList<DataSourceEntry> DataSources { get; init; }

    /// <summary>Macros that rules use, by key.</summary>
    public required IReadOnlyList<MacroEntry> Macros { get; init; }

    /// <summary>Lookups that rules use, by name.</summary>
    public required IReadOnlyList<LookupEntry> Lookups { get; init; }

    /// <summary>Navigator layers.</summary>
    public required IReadOnlyList<NavigatorLayer> Layers { get; init; }

    /// <summary>What is wrong with the input as a whole: files that could not be read, ids and slugs that two rules share, unknown techniques.</summary>
    public required IReadOnlyList<CatalogProblem> Problems { get; init; }

    /// <summary>Numbers for the start page.</summary>
    public required CatalogTotals Totals { get; init; }
}

/// <summary>
/// Numbers over all rules. <see cref="Unanalyzed"/>: conditions that no predicate stands for; the next four count rules by where their events come from;
/// <see cref="Proven"/>: rules with a test that ran here and passed.
/// </summary>
public sealed record CatalogTotals(int Rules, int Running, int Proven, int WithIndicators, int Unanalyzed)
{
    /// <summary>Rules whose events their predicates name.</summary>
    public int EventsFromPredicates { get; init; }

    /// <summary>Rules whose events follow from a data model.</summary>
    public int EventsFromDataModel { get; init; }

    /// <summary>Rules whose events are only said by `data_source`.</summary>
    public int EventsFromDataSource { get; init; }

    /// <summary>Rules without events; each says why.</summary>
    public int EventsUnknown { get; init; }

    /// <summary>The facets of the start page in their order: platform, status, type, tactic, data model, ...; each with its values and the number of rules.</summary>
    public required IReadOnlyList<Facet> Facets { get; init; }
}

/// <summary>A property that rules can be picked by, with its values, the most frequent first.</summary>
public sealed record Facet(string Name, IReadOnlyList<Counted> Values);

/// <summary>A text with how often it occurs; <see cref="Address"/> is its page's, where it has one.</summary>
public sealed record Counted(string Text, int Count)
{
    /// <summary>See <see cref="Counted"/>.</summary>
    public string? Address { get; init; }
}

/// <summary>Something wrong with the input. <see cref="Path"/> is the file as it was given, line and column count from 1.</summary>
public sealed record CatalogProblem(string Severity, string Code, string Message, string Path, int Line, int Column)
{
    /// <summary>The rule, where its name is known.</summary>
    public string Rule { get; init; } = "";
}
