using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>Eval conditions (`where`) to predicates. What a function computes is named by its expression, never guessed.</summary>
sealed class EvalAnalyzer(StageAnalyzer stage, string source)
{
    public Predicate? Analyze(EvalExpression expression, bool negated, int depth = 0)
    {
        if (depth > 200) return Unknown();
        return expression switch
        {
            EvalUnary { Operator: "NOT" } not => Analyze(not.Operand, !negated, depth + 1),
            EvalBinary { Operator: "AND" } and => Both(any: negated, and, negated, depth),
            EvalBinary { Operator: "OR" } or => Both(any: !negated, or, negated, depth),
            EvalBinary { Operator: "=" or "!=" or "<" or ">" or "<=" or ">=" } comparison => OfComparison(comparison, negated),
            EvalBinary { Operator: "LIKE" } like => OfLike(like.Left, like.Right, negated),
            EvalIn @in => OfValues(@in.Operand, @in.Values, negated),
            EvalCall call => OfCall(call, negated),
            _ => Unknown(),
        };
    }

    public static PredicateKind KindOf(string @operator) => @operator switch
    {
        "=" or "==" => PredicateKind.Eq,
        "!=" => PredicateKind.Ne,
        "<" => PredicateKind.Lt,
        "<=" => PredicateKind.Le,
        ">" => PredicateKind.Gt,
        _ => PredicateKind.Ge,
    };

    PredicateGroup? Unknown()
    {
        stage.CountUnknown();
        return null;
    }

    Predicate? Both(bool any, EvalBinary binary, bool negated, int depth)
    {
        // Long chains lean to the left: they are walked, not recursed into.
        var operands = new Stack<EvalExpression>();
        EvalExpression left = binary;
        while (left is EvalBinary chain && chain.Operator == binary.Operator)
        {
            operands.Push(chain.Right);
            left = chain.Left;
        }
        operands.Push(left);
        var found = new List<Predicate>();
        foreach (var operand in operands)
            if (Analyze(operand, negated, depth + 1) is { } predicate) found.Add(predicate);
        return StageAnalyzer.Join(any, found);
    }

    FieldPredicate OfComparison(EvalBinary comparison, bool negated)
    {
        var (left, right, @operator) = (comparison.Left, comparison.Right, comparison.Operator);
        if (IsConstant(left) && !IsConstant(right)) (left, right, @operator) = (right, left, Turn(@operator));
        return Test(left, KindOf(@operator), [right], negated);
    }

    Predicate? OfCall(EvalCall call, bool negated) => (call.Function.ToLowerInvariant(), call.Arguments) switch
    {
        ("like", [var field, var pattern]) => OfLike(field, pattern, negated),
        ("match", [var field, var regex]) => Test(field, PredicateKind.Regex, [regex], negated),
        ("cidrmatch", [var block, var field]) => Test(field, PredicateKind.Cidr, [block], negated),
        ("in", { Count: > 1 } values) => OfValues(values[0], [.. values.Skip(1)], negated),
        ("isnotnull", [var field]) => Test(field, PredicateKind.Exists, [], negated),
        ("isnull", [var field]) => Test(field, PredicateKind.Exists, [], !negated),
        ("not", [var operand]) => Analyze(operand, !negated, 1),
        _ => Unknown(),
    };

    FieldPredicate OfLike(EvalExpression field, EvalExpression pattern, bool negated)
    {
        if (pattern is not EvalText { Value: var text }) return Test(field, PredicateKind.Match, [pattern], negated);
        var (kind, values) = WildcardKind.OfLike(text);
        return Named(field, kind, values, negated, computed: null);
    }

    FieldPredicate OfValues(EvalExpression field, IReadOnlyList<EvalExpression> values, bool negated) => Test(field, PredicateKind.In, values, negated);

    FieldPredicate Test(EvalExpression field, PredicateKind kind, IReadOnlyList<EvalExpression> values, bool negated)
    {
        var computed = values.FirstOrDefault(value => !IsConstant(value));
        return Named(field, kind, [.. values.Select(Text)], negated, computed is null ? null : Text(computed));
    }

    FieldPredicate Named(EvalExpression field, PredicateKind kind, IReadOnlyList<string> values, bool negated, string? computed)
    {
        var predicate = stage.Test(Text(field), kind, values, negated);
        if (field is not EvalField) computed ??= Text(field);
        return computed is null ? predicate : predicate with { Computed = computed };
    }

    string Text(EvalExpression expression) => expression switch
    {
        EvalField field => field.Name,
        EvalText text => text.Value,
        EvalNumber number => number.Text,
        EvalUnary { Operator: "-", Operand: EvalNumber number } => "-" + number.Text,
        _ => source.Substring(expression.Span.Start, expression.Span.Length),
    };

    static bool IsConstant(EvalExpression expression) =>
        expression is EvalText or EvalNumber or EvalUnary { Operator: "-", Operand: EvalNumber }
        || expression is EvalCall { Function: var name, Arguments.Count: 0 } && name.ToLowerInvariant() is "true" or "false";

    static string Turn(string @operator) => @operator switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => @operator };
}
