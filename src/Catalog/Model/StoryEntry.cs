namespace Karst.Catalog.Model;

/// <summary>An analytic story: what the collection says of it, and its rules.</summary>
public sealed record StoryEntry(string Name, string Address)
{
    /// <summary>What it is about; empty when the collection does not say.</summary>
    public string Description { get; init; } = "";

    /// <summary>More of it.</summary>
    public string Narrative { get; init; } = "";

    /// <summary>Addresses to read on, as the file has them.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>`Cloud Security`, ...</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Its techniques, with the number of rules.</summary>
    public required IReadOnlyList<Counted> Techniques { get; init; }

    /// <summary>The events that its rules watch, with the number of rules.</summary>
    public required IReadOnlyList<Counted> Events { get; init; }

    /// <summary>Its rules, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }

    /// <summary>Rules with a test that ran here and passed.</summary>
    public int Proven { get; init; }
}

/// <summary>A data source as rules name it: what the collection says of it, and its rules.</summary>
public sealed record DataSourceEntry(string Name, string Address)
{
    /// <summary>What it is; empty when the collection does not say.</summary>
    public string Description { get; init; } = "";

    /// <summary>The source of its events.</summary>
    public string Source { get; init; } = "";

    /// <summary>Their sourcetype.</summary>
    public string Sourcetype { get; init; } = "";

    /// <summary>The add-ons that read it.</summary>
    public IReadOnlyList<string> AddOns { get; init; } = [];

    /// <summary>The fields that it has.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>A raw event; null when there is none.</summary>
    public string? Sample { get; init; }

    /// <summary>The event that it is in our terms; null when it is no single one.</summary>
    public PageLink? Event { get; init; }

    /// <summary>The rules that name it, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }
}
