using Karst.Rules.Analysis;

namespace Karst.Catalog.Model;

/// <summary>
/// One command as its author wrote it, with the pipe before it. <see cref="Predicates"/> are trees: and/or groups and comparisons, negation at the comparisons. Where
/// <see cref="IsFilter"/>, all of them must hold for a row to go on; else they only decide values (eval's if and case, a lookup, the search of a join).
/// </summary>
public sealed record StageEntry(int Number, string Command, string Text, bool IsFilter, IReadOnlyList<Predicate> Predicates)
{
    /// <summary>The macro's key, when the stage is nothing but one.</summary>
    public string? Macro { get; init; }

    /// <summary>The text with its macros expanded; null when it has none.</summary>
    public string? Expansion { get; init; }
}

/// <summary>A condition that no predicate stands for: its stage, its text, and why.</summary>
public sealed record UnanalyzedEntry(int Stage, string Text, string Reason);
