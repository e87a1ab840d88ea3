namespace Karst.Catalog.Model;

/// <summary>An event of a provider: what rules test of it. Numbers are numbers of rules.</summary>
public sealed record EventEntry(string Provider, string Event, string Address)
{
    /// <summary>The title, where our own table has one.</summary>
    public string? Title { get; init; }

    /// <summary>The provider's page.</summary>
    public required string ProviderAddress { get; init; }

    /// <summary>What a data source of the collection says of it; empty when none does.</summary>
    public string Description { get; init; } = "";

    /// <summary>A raw event from a data source of the collection; null when there is none.</summary>
    public string? Sample { get; init; }

    /// <summary>The fields that rules test, the most frequent first.</summary>
    public IReadOnlyList<Counted> Fields { get; init; } = [];

    /// <summary>What is detected with it, `Tactic: Technique`, the most frequent first.</summary>
    public IReadOnlyList<Counted> Patterns { get; init; } = [];

    /// <summary>Field, kind and value that two rules or more look for, the most frequent first.</summary>
    public IReadOnlyList<CommonIndicator> Indicators { get; init; } = [];

    /// <summary>The rules, each with where its event comes from (`predicates`, `data_model`, `data_source`).</summary>
    public IReadOnlyList<EventRule> Rules { get; init; } = [];
}

/// <summary>A rule on an event's page, and how it is known to watch the event.</summary>
public sealed record EventRule(RuleCard Rule, string Origin);

/// <summary>An indicator that rules share: how many, and on which platforms.</summary>
public sealed record CommonIndicator(string Field, string Kind, bool Negated, string Value, int Rules, IReadOnlyList<Counted> Platforms)
{
    /// <summary>The value's page.</summary>
    public required string Address { get; init; }
}

/// <summary>A provider with its events, each with the number of its rules.</summary>
public sealed record ProviderEntry(string Name, string Address, int Rules, IReadOnlyList<ProviderEvent> Events);

/// <summary>An event on its provider's page.</summary>
public sealed record ProviderEvent(string Event, string? Title, string Address, int Rules);
