using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>Eval conditions (`where`, and those within if, case and the like) to predicates. What a function computes is named by its expression, never guessed.</summary>
sealed class EvalAnalyzer(StageAnalyzer stage, string source)
{
    public Predicate? Analyze(EvalExpression expression, bool negated, int depth = 0)
    {
        if (depth > StageAnalyzer.MaxDepth) return Unknown(expression, $"it is nested deeper than {StageAnalyzer.MaxDepth}");
        return expression switch
        {
            EvalUnary { Operator: "NOT" } not => Analyze(not.Operand, !negated, depth + 1),
            EvalBinary { Operator: "AND" } and => Both(any: negated, and, negated, depth),
            EvalBinary { Operator: "OR" } or => Both(any: !negated, or, negated, depth),
            EvalBinary { Operator: "=" or "!=" or "<" or ">" or "<=" or ">=" } comparison => OfComparison(comparison, negated),
            EvalBinary { Operator: "LIKE" } like => OfLike(like.Left, like.Right, negated),
            EvalIn @in => OfValues(@in.Operand, @in.Values, negated),
            EvalCall call => OfCall(call, negated, depth),
            EvalSubsearch subsearch => stage.Subsearch(subsearch.Search, negated),
            EvalMacro macro => Unknown(macro, "the macro is not defined"),
            EvalBinary { Operator: "XOR" } => Unknown(expression, "`XOR` is neither all nor any of its terms"),
            _ => Unknown(expression, "it is no comparison"),
        };
    }

    /// <summary>The conditions that decide values: those of if, case, validate, nullif's kind, and comparisons that are values themselves.</summary>
    public IEnumerable<Predicate> Conditions(EvalExpression expression, int depth = 0)
    {
        if (depth > StageAnalyzer.MaxDepth) return [];
        if (IsCondition(expression)) return Analyze(expression, negated: false) is { } predicate ? [predicate] : [];
        return expression switch
        {
            EvalCall { Function: "if", Arguments.Count: > 0 } call => Of(call.Arguments[0]).Concat(call.Arguments.Skip(1).SelectMany(Inner)),
            EvalCall { Function: "case" or "validate" } call => call.Arguments.SelectMany((argument, index) => index % 2 == 0 ? Of(argument) : Inner(argument)),
            EvalCall { Function: "mvfilter", Arguments: [var condition] } => Of(condition),
            EvalCall call => call.Arguments.SelectMany(Inner),
            EvalUnary unary => Inner(unary.Operand),
            EvalBinary binary => Inner(binary.Left).Concat(Inner(binary.Right)),
            _ => [],
        };

        IEnumerable<Predicate> Inner(EvalExpression part) => Conditions(part, depth + 1);
        IEnumerable<Predicate> Of(EvalExpression condition) => Analyze(condition, negated: false, depth) is { } predicate ? [predicate] : [];
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

    static bool IsCondition(EvalExpression expression) => expression is
        EvalUnary { Operator: "NOT" } or EvalIn
        or EvalBinary { Operator: "AND" or "OR" or "=" or "!=" or "<" or ">" or "<=" or ">=" or "LIKE" }
        or EvalCall { Function: "like" or "match" or "cidrmatch" or "in" or "isnull" or "isnotnull" or "searchmatch" };

    Predicate? Unknown(EvalExpression expression, string reason) => stage.Unknown(SourceOf(expression), reason);

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

    Predicate? OfComparison(EvalBinary comparison, bool negated)
    {
        var (left, right, @operator) = (comparison.Left, comparison.Right, comparison.Operator);
        // `1=1` is how some write "else".
        if (IsConstant(left) && IsConstant(right)) return null;
        if (IsConstant(left)) (left, right, @operator) = (right, left, Turn(@operator));
        if (IsFound(left, right, @operator) is { } found) return Test(found.Arguments[0], PredicateKind.Regex, [found.Arguments[1]], negated);
        if (right is EvalCall { Function: "true" or "false" } truth && IsCondition(left) && @operator is "=" or "!=")
            return Analyze(left, negated ^ (@operator == "!=") ^ (((EvalCall)right).Function == "false"));
        return Test(left, KindOf(@operator), [right], negated);
    }

    // mvfind gives the place of the first value that the regular expression matches, or null.
    static EvalCall? IsFound(EvalExpression left, EvalExpression right, string @operator) =>
        left is EvalCall { Function: "mvfind", Arguments.Count: 2 } call && right is EvalNumber { Value: 0 } && @operator == ">=" ? call : null;

    Predicate? OfCall(EvalCall call, bool negated, int depth) => (call.Function, call.Arguments) switch
    {
        ("like", [var field, var pattern]) => OfLike(field, pattern, negated),
        ("match", [var field, var regex]) => Test(field, PredicateKind.Regex, [regex], negated),
        ("cidrmatch", [var block, var field]) => Test(field, PredicateKind.Cidr, [block], negated),
        ("in", { Count: > 1 } values) => OfValues(values[0], [.. values.Skip(1)], negated),
        ("isnotnull", [EvalCall { Function: "mvfind", Arguments: [var field, var regex] }]) => Test(field, PredicateKind.Regex, [regex], negated),
        ("isnull", [EvalCall { Function: "mvfind", Arguments: [var field, var regex] }]) => Test(field, PredicateKind.Regex, [regex], !negated),
        ("isnotnull", [var field]) => Test(field, PredicateKind.Exists, [], negated),
        ("isnull", [var field]) => Test(field, PredicateKind.Exists, [], !negated),
        ("searchmatch", [EvalText text]) => stage.OfText(text.Value, negated),
        ("not", [var operand]) => Analyze(operand, !negated, depth + 1),
        ("true" or "false", []) => null,
        _ => Unknown(call, $"what `{call.Function}` says is no comparison"),
    };

    FieldPredicate OfLike(EvalExpression field, EvalExpression pattern, bool negated)
    {
        if (pattern is not EvalText { Value: var text }) return Test(field, PredicateKind.Match, [pattern], negated);
        var (kind, value) = WildcardKind.OfLike(text);
        return Named(field, kind, kind == PredicateKind.Exists ? [] : [value], negated, computed: null);
    }

    FieldPredicate OfValues(EvalExpression field, IReadOnlyList<EvalExpression> values, bool negated) => Test(field, PredicateKind.In, values, negated);

    FieldPredicate Test(EvalExpression field, PredicateKind kind, IReadOnlyList<EvalExpression> values, bool negated)
    {
        var computed = values.FirstOrDefault(value => !IsConstant(value));
        return Named(field, kind, [.. values.Select(Text)], negated, computed is null ? null : Text(computed));
    }

    FieldPredicate Named(EvalExpression field, PredicateKind kind, IReadOnlyList<string> values, bool negated, string? computed)
    {
        // lower(a)="x" is a comparison of `a` without case.
        var folded = field is EvalCall { Function: "lower" or "upper", Arguments: [EvalField] };
        if (folded) field = ((EvalCall)field).Arguments[0];
        var predicate = stage.Test(Text(field), kind, values, negated);
        return predicate with
        {
            CaseSensitive = !folded,
            HasComputedValues = predicate.HasComputedValues || computed is not null,
            IsExpression = predicate.IsExpression || field is not EvalField,
            Computed = computed ?? predicate.Computed ?? (field is EvalField ? null : Text(field)),
        };
    }

    string Text(EvalExpression expression) => expression switch
    {
        EvalField field => field.Name,
        EvalText text => text.Value,
        EvalNumber number => number.Text,
        EvalUnary { Operator: "-", Operand: EvalNumber number } => "-" + number.Text,
        _ => SourceOf(expression),
    };

    // An expression in parentheses has the span of what is within; what is missing of its own closing ones is its caller's.
    string SourceOf(EvalExpression expression) => source.Substring(expression.Span.Start, expression.Span.Length);

    static bool IsConstant(EvalExpression expression) =>
        expression is EvalText or EvalNumber or EvalUnary { Operator: "-", Operand: EvalNumber }
        || expression is EvalCall { Function: "true" or "false", Arguments.Count: 0 };

    static string Turn(string @operator) => @operator switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => @operator };
}
