using Karst.Rules.Analysis;

namespace Karst.Catalog.Model;

/// <summary>
/// A row of the indicators: a field as the rule writes it and under its normalised name, the kind of test, and the values in the order of the rule. <see cref="Negated"/>: the test must
/// not hold (`eq` and `ne` are each other's negation and never negated).
/// </summary>
public sealed record IndicatorEntry(string Field, string Normalized, PredicateKind Kind, bool Negated, IReadOnlyList<IndicatorValue> Values)
{
    /// <summary>What makes the field or the values, when they are not plain: a command, an expression, a lookup's name, a subsearch.</summary>
    public string? Computed { get; init; }

    /// <summary>Values are compared with case, as `where` does and `search` does not.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>The field's page; null when the field is an expression.</summary>
    public string? Address { get; init; }
}

/// <summary>
/// A value with its corpus count: how many other rules have the same normalised field, kind and value. Two values are the same when they are written the same, or when both are
/// compared without case and differ in nothing else. <see cref="Platforms"/> parts the count by platform, in the platforms' order; empty at 0.
/// </summary>
public sealed record IndicatorValue(string Value, int Count, IReadOnlyList<Counted> Platforms)
{
    /// <summary>The value's page; null when the value is computed.</summary>
    public string? Address { get; init; }
}
