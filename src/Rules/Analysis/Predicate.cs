namespace Karst.Rules.Analysis;

/// <summary>How a predicate compares; printed in lower case with `_` (`starts_with`).</summary>
public enum PredicateKind { Eq, Ne, In, StartsWith, EndsWith, Contains, Match, Regex, Cidr, Gt, Ge, Lt, Le, Exists }

/// <summary>What a stage tests: one comparison, or several joined by and/or. Negation stands at the comparisons.</summary>
public abstract record Predicate;

/// <summary>
/// A field compared with values. <see cref="Computed"/>: the values are expressions, or the field was made by an earlier stage or a function, so
/// that they say nothing of the events by themselves; <see cref="Negated"/>: the test must not hold.
/// </summary>
public sealed record FieldPredicate(string Field, PredicateKind Kind, IReadOnlyList<string> Values, bool Negated) : Predicate
{
    /// <summary>What makes the field or the value: a command, an expression, `lookup NAME`, `subsearch`; null when both are plain.</summary>
    public string? Computed { get; init; }

    /// <summary>The values themselves are computed: <see cref="Values"/> holds expressions, or nothing.</summary>
    public bool HasComputedValues { get; init; }

    /// <summary>The field is an expression, not a name.</summary>
    public bool IsExpression { get; init; }

    /// <summary>Values are compared with case, as `where` does and `search` does not; numbers and addresses have none.</summary>
    public bool CaseSensitive
    {
        get;
        init => field = value && Kind is not (PredicateKind.Exists or PredicateKind.Cidr or PredicateKind.Gt or PredicateKind.Ge or PredicateKind.Lt or PredicateKind.Le);
    }
}

/// <summary>All (or any) of the terms must hold.</summary>
public sealed record PredicateGroup(bool Any, IReadOnlyList<Predicate> Terms) : Predicate;

/// <summary>
/// A search in brackets. <see cref="Outer"/>: what it asks of the rows outside, fields that must have one of its values; <see cref="Inner"/>: the conditions within,
/// which are its own rows'.
/// </summary>
public sealed record SubsearchPredicate(IReadOnlyList<FieldPredicate> Outer, IReadOnlyList<Predicate> Inner) : Predicate;

/// <summary>Words for predicates.</summary>
public static class PredicateText
{
    /// <summary>The kind as reports write it.</summary>
    public static string Name(this PredicateKind kind) => kind switch
    {
        PredicateKind.StartsWith => "starts_with",
        PredicateKind.EndsWith => "ends_with",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>One line: `not severity in LOW, HIGH`; groups in parentheses.</summary>
    public static string Describe(this Predicate predicate) => predicate switch
    {
        FieldPredicate field => $"{(field.Negated ? "not " : "")}{field.Field} {field.Kind.Name()}{(field.Values.Count > 0 ? " " + string.Join(", ", field.Values) : field.HasComputedValues ? $" ({field.Computed})" : "")}",
        PredicateGroup group => $"({string.Join(group.Any ? " or " : " and ", group.Terms.Select(Describe))})",
        SubsearchPredicate sub => string.Join(" and ", sub.Outer.Select(Describe)) + (sub.Inner.Count > 0 ? $"[{string.Join(" and ", sub.Inner.Select(Describe))}]" : ""),
        _ => "",
    };

    /// <summary>The comparisons within, in order.</summary>
    public static IEnumerable<FieldPredicate> Leaves(this Predicate predicate) => predicate switch
    {
        FieldPredicate field => [field],
        PredicateGroup group => group.Terms.SelectMany(Leaves),
        SubsearchPredicate sub => sub.Outer.Concat(sub.Inner.SelectMany(Leaves)),
        _ => [],
    };
}
