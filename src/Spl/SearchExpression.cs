namespace Karst.Spl;

/// <summary>What the `search` command (and `where=` of tstats, inputlookup) filters by. OR binds tighter than AND.</summary>
public abstract record SearchExpression(Span Span);

/// <summary>All must hold; an implied AND is the same thing.</summary>
public sealed record SearchAnd(IReadOnlyList<SearchExpression> Terms, Span Span) : SearchExpression(Span);

/// <summary>One must hold.</summary>
public sealed record SearchOr(IReadOnlyList<SearchExpression> Terms, Span Span) : SearchExpression(Span);

/// <summary>The term must not hold; rows without the field are kept, unlike with `!=`.</summary>
public sealed record SearchNot(SearchExpression Term, Span Span) : SearchExpression(Span);

/// <summary>How a text is matched: without case (default), with case (`CASE(x)`), as one indexed term (`TERM(x)`).</summary>
public enum TermKind { Plain, Case, Term }

/// <summary>A bare word or a quoted phrase, looked for in `_raw`.</summary>
public sealed record SearchText(string Text, bool Quoted, TermKind Kind, Span Span) : SearchExpression(Span);

/// <summary>`field op value`; the value may hold wildcards. <see cref="Operator"/>: `=`, `!=`, `&lt;`, `&gt;`, `&lt;=`, `&gt;=` (`==` is `=`).</summary>
public sealed record SearchComparison(string Field, string Operator, SearchValue Value, Span Span) : SearchExpression(Span)
{
    /// <summary>Where the field name stands.</summary>
    public Span FieldSpan { get; init; }
}

/// <summary>`field IN (a, b*, "c d")`.</summary>
public sealed record SearchIn(string Field, IReadOnlyList<SearchValue> Values, Span Span) : SearchExpression(Span)
{
    /// <summary>Where the field name stands.</summary>
    public Span FieldSpan { get; init; }
}

/// <summary>A value as it means (unescaped); <see cref="Quoted"/> does not change matching, only printing.</summary>
public sealed record SearchValue(string Text, bool Quoted, TermKind Kind, Span Span)
{
    /// <summary>The search within brackets, if the value is a subsearch; <see cref="Text"/> is then the source.</summary>
    public SearchSyntax? Subsearch { get; init; }

    /// <summary>The call, if the value is a macro that has not been expanded; <see cref="Text"/> is then the source.</summary>
    public MacroCall? Macro { get; init; }
}

/// <summary>A search in brackets, whose rows become a filter before the outer search runs.</summary>
public sealed record SearchSubsearch(SearchSyntax Search, Span Span) : SearchExpression(Span);

/// <summary>A macro that has not been expanded.</summary>
public sealed record SearchMacro(MacroCall Call, Span Span) : SearchExpression(Span);
