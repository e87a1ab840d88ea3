namespace Karst.Spl;

/// <summary>An expression of eval, where and stats-eval. AND binds tighter than OR, XOR is last.</summary>
public abstract record EvalExpression(Span Span);

/// <summary>A number as written.</summary>
public sealed record EvalNumber(string Text, double Value, Span Span) : EvalExpression(Span);

/// <summary>A string between double quotes, escapes resolved.</summary>
public sealed record EvalText(string Value, Span Span) : EvalExpression(Span);

/// <summary>A field: a bare name, or one between single quotes.</summary>
public sealed record EvalField(string Name, bool Quoted, Span Span) : EvalExpression(Span);

/// <summary>A function call.</summary>
public sealed record EvalCall(string Function, IReadOnlyList<EvalExpression> Arguments, Span Span) : EvalExpression(Span)
{
    /// <summary>Where the name stands.</summary>
    public Span NameSpan { get; init; }
}

/// <summary>`-` or `NOT` before an operand. <see cref="Operator"/> is upper case.</summary>
public sealed record EvalUnary(string Operator, EvalExpression Operand, Span Span) : EvalExpression(Span);

/// <summary>`+ - * / % . = == != &lt; &gt; &lt;= &gt;= AND OR XOR LIKE`; words are upper case, `==` is `=`.</summary>
public sealed record EvalBinary(string Operator, EvalExpression Left, EvalExpression Right, Span Span) : EvalExpression(Span);

/// <summary>`x IN (a, b)`: exact, without wildcards.</summary>
public sealed record EvalIn(EvalExpression Operand, IReadOnlyList<EvalExpression> Values, Span Span) : EvalExpression(Span);

/// <summary>A macro that has not been expanded.</summary>
public sealed record EvalMacro(MacroCall Call, Span Span) : EvalExpression(Span);

/// <summary>A search in brackets, whose result is put in before the outer search runs.</summary>
public sealed record EvalSubsearch(SearchSyntax Search, Span Span) : EvalExpression(Span);

/// <summary>One `field = expression` of eval. The target may be quoted and may hold `{field}`, which is replaced by that field's value; it is empty where a macro stands for whole assignments.</summary>
public sealed record EvalAssignment(string Target, Span TargetSpan, EvalExpression Expression, Span Span);
