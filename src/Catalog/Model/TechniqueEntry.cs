namespace Karst.Catalog.Model;

/// <summary>An ATT&amp;CK technique that a rule names, known or not. Tests and rules are counted by platform.</summary>
public sealed record TechniqueEntry(string Id, string Name, string Status, string Address)
{
    /// <summary>The tactics that it serves, in ATT&amp;CK's order.</summary>
    public required IReadOnlyList<string> Tactics { get; init; }

    /// <summary>The technique that took a revoked one's place.</summary>
    public PageLink? Successor { get; init; }

    /// <summary>The technique that a sub-technique belongs to.</summary>
    public PageLink? Parent { get; init; }

    /// <summary>Sub-techniques that rules name.</summary>
    public IReadOnlyList<PageLink> SubTechniques { get; init; } = [];

    /// <summary>The rules, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }

    /// <summary>Rules by platform.</summary>
    public required IReadOnlyList<Counted> Platforms { get; init; }

    /// <summary>Tests by platform.</summary>
    public required IReadOnlyList<Counted> Tests { get; init; }

    /// <summary>Rules with a test that ran here and passed.</summary>
    public int Proven { get; init; }
}

/// <summary>A column of the matrix.</summary>
public sealed record TacticEntry(string Id, string ShortName, string Name, string Address, int Rules, IReadOnlyList<TacticCell> Techniques);

/// <summary>A technique in the matrix with its rules, sub-techniques' included in <see cref="AllRules"/>; sub-techniques are cells of their own.</summary>
public sealed record TacticCell(string Id, string Name, int Rules, int AllRules, int Proven, IReadOnlyList<TacticCell> SubTechniques)
{
    /// <summary>Its page; null when no rule names it.</summary>
    public string? Address { get; init; }
}
