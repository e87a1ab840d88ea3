namespace Karst.Catalog.Model;

/// <summary>A page: its address is a folder beneath the catalogue's root, `rules/splunk/some-rule/`, with a slash at its end; null when there is no such page.</summary>
public sealed record PageLink(string Text, string? Address);

/// <summary>A rule as lists show it.</summary>
public sealed record RuleCard(string Name, string Address, string Id, string Platform, string Status, string Type)
{
    /// <summary>ATT&amp;CK technique ids as the rule has them.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>The tactics that these serve.</summary>
    public IReadOnlyList<string> Tactics { get; init; } = [];
}
