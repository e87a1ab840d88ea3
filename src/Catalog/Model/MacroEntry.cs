namespace Karst.Catalog.Model;

/// <summary>A macro that rules use, by key (`name` or `name(2)`).</summary>
public sealed record MacroEntry(string Key, string Address)
{
    /// <summary>Its definition; null when nobody defines it.</summary>
    public string? Definition { get; init; }

    /// <summary>The names of its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The rules that use it, directly or through another macro, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }
}

/// <summary>A lookup that rules use.</summary>
public sealed record LookupEntry(string Name, string Address)
{
    /// <summary>`file`, `collection`, or `undefined`.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of its file or collection.</summary>
    public string Table { get; init; } = "";

    /// <summary>Its columns, where they are known.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Why it cannot be used here; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The rules that use it, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }
}
