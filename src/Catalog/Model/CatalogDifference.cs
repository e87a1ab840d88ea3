namespace Karst.Catalog.Model;

/// <summary>What differs between two sets of rules; each list is sorted by name.</summary>
public sealed record CatalogDifference(IReadOnlyList<RuleReference> Added, IReadOnlyList<RuleReference> Removed, IReadOnlyList<ChangedRule> Changed)
{
    /// <summary>How many rules are the same on both sides.</summary>
    public int Same { get; init; }
}

/// <summary>A rule by name, id, version and its file.</summary>
public sealed record RuleReference(string Name, string Id, int Version, string Source);

/// <summary>A rule that both sides have, and what changed.</summary>
public sealed record ChangedRule(RuleReference Older, RuleReference Newer, RuleChange Change);
