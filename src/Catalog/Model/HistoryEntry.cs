namespace Karst.Catalog.Model;

/// <summary>An older version of a rule, and what the next newer one changed in it.</summary>
public sealed record HistoryEntry(int Version, string Name, string ModificationDate, string Source, string Search, RuleChange Change);

/// <summary>What differs between two versions of a rule: fields of the file by name, and predicates, indicators and fields as lines.</summary>
public sealed record RuleChange
{
    /// <summary>Keys of the file whose values differ, with the older and the newer value (null: not there).</summary>
    public IReadOnlyList<PropertyChange> Properties { get; init; } = [];

    /// <summary>Predicates: lines that only one side has.</summary>
    public LineChange Predicates { get; init; } = LineChange.None;

    /// <summary>Indicators: `field kind value` lines that only one side has.</summary>
    public LineChange Indicators { get; init; } = LineChange.None;

    /// <summary>Fields that the search names: those that only one side has.</summary>
    public LineChange Fields { get; init; } = LineChange.None;

    /// <summary>Nothing differs.</summary>
    public bool IsEmpty => Properties.Count == 0 && Predicates.IsEmpty && Indicators.IsEmpty && Fields.IsEmpty;
}

/// <summary>A key of the rule file with its older and newer value; lists are joined by a comma.</summary>
public sealed record PropertyChange(string Name, string? Older, string? Newer);

/// <summary>Lines that only the newer side has, and those that only the older has.</summary>
public sealed record LineChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <summary>No difference.</summary>
    public static LineChange None { get; } = new([], []);

    /// <summary>No difference.</summary>
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;
}
