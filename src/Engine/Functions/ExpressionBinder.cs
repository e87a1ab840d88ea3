using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Eval syntax to evaluators: fields become slots, calls are looked up and checked. Constant parts are folded by a pass, not here.</summary>
public sealed class ExpressionBinder
{
    // Evaluators call each other as deep as the expression nests; this many frames fit any thread's stack.
    const int MostDepth = 400;

    readonly List<string> _fields = [];
    readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    int _depth;
    bool _isRepeatable = true;

    /// <summary>Binds a whole expression; throws <see cref="SplException"/> for unknown functions, wrong arity, types that cannot be.</summary>
    public static BoundExpression Bind(EvalExpression expression)
    {
        var binder = new ExpressionBinder();
        return new BoundExpression(binder.BindNode(expression), binder._fields) { Text = ExpressionText.Of(expression), IsRepeatable = binder._isRepeatable };
    }

    /// <summary>Binds an expression that must be a condition; <paramref name="what"/> names who needs it.</summary>
    public static BoundExpression BindCondition(EvalExpression expression, string what)
    {
        var binder = new ExpressionBinder();
        return new BoundExpression(binder.Condition(expression, what), binder._fields) { Text = ExpressionText.Of(expression), IsRepeatable = binder._isRepeatable };
    }

    /// <summary>Binds a part; what <see cref="Function.Bind"/> calls for arguments it binds itself.</summary>
    public Evaluator BindNode(EvalExpression expression)
    {
        if (++_depth > MostDepth) throw ExpressionErrors.TooDeep(expression.Span);
        var node = expression switch
        {
            EvalNumber number => new ConstantEvaluator(Value.FromNumber(number.Value)),
            EvalText text => new ConstantEvaluator(Value.FromText(text.Value)),
            EvalField field => new FieldEvaluator(SlotOf(field.Name), field.Name),
            EvalCall call => BindCall(call),
            EvalUnary { Operator: "NOT" } not => new NotEvaluator(Condition(not.Operand, "`NOT`")),
            EvalUnary unary => new NegateEvaluator(BindNode(unary.Operand)),
            EvalBinary binary => BindBinary(binary),
            EvalIn list => new InEvaluator(BindNode(list.Operand), [.. list.Values.Select(BindNode)]),
            EvalMacro macro => throw ExpressionErrors.UndefinedMacro(macro.Call),
            _ => throw ExpressionErrors.Unsupported("this expression", expression.Span),
        };
        _depth--;
        return node;
    }

    /// <summary>Binds a part that must be a condition (or `null()`); throws when it cannot be one.</summary>
    public Evaluator Condition(EvalExpression expression, string what)
    {
        var node = BindNode(expression);
        return Checked(node, expression, what);
    }

    /// <summary>A bound part, when it can be a condition; throws when it cannot.</summary>
    public static Evaluator Checked(Evaluator node, EvalExpression expression, string what) =>
        node.IsBoolean || (expression is EvalCall { Function: var name } && name.Equals("null", StringComparison.OrdinalIgnoreCase))
            ? node
            : throw ExpressionErrors.NotBoolean(what, expression.Span);

    /// <summary>The slot of a field.</summary>
    public int SlotOf(string field)
    {
        if (_slots.TryGetValue(field, out var slot)) return slot;
        _fields.Add(field);
        return _slots[field] = _fields.Count - 1;
    }

    Evaluator BindCall(EvalCall call)
    {
        var at = call.NameSpan.Length > 0 ? call.NameSpan : call.Span;
        var function = FunctionTable.Find(call.Function)
            ?? throw (KnownFunctions.Reason(call.Function) is { } reason
                ? ExpressionErrors.Unsupported($"the eval function `{call.Function}`", at, reason)
                : ExpressionErrors.UnknownFunction(call.Function, NearestName.Find(call.Function, FunctionTable.All.Select(known => known.Name)), at));
        var (least, most) = function.Arity;
        if (call.Arguments.Count < least || call.Arguments.Count > most)
            throw ExpressionErrors.Arity(function.Name, function.Usage, call.Arguments.Count, at);
        _isRepeatable &= function.IsRepeatable;
        return function.Bind(call, [.. call.Arguments.Select(BindNode)], this);
    }

    Evaluator BindBinary(EvalBinary binary)
    {
        switch (binary.Operator)
        {
            case "AND":
                return new AndEvaluator([.. Chain(binary).Select(term => Condition(term, "`AND`"))]);
            case "OR":
                return new OrEvaluator([.. Chain(binary).Select(term => Condition(term, "`OR`"))]);
            case ".":
                return new ConcatEvaluator([.. Chain(binary).Select(BindNode)]);
            case "XOR":
                return new XorEvaluator(Condition(binary.Left, "`XOR`"), Condition(binary.Right, "`XOR`"));
            case "LIKE":
                return new LikeEvaluator(BindNode(binary.Left), BindNode(binary.Right));
        }
        var left = BindNode(binary.Left);
        var right = BindNode(binary.Right);
        return binary.Operator switch
        {
            "=" => new CompareEvaluator(Comparison.Equal, left, right),
            "!=" => new CompareEvaluator(Comparison.NotEqual, left, right),
            "<" => new CompareEvaluator(Comparison.Less, left, right),
            "<=" => new CompareEvaluator(Comparison.LessOrEqual, left, right),
            ">" => new CompareEvaluator(Comparison.Greater, left, right),
            ">=" => new CompareEvaluator(Comparison.GreaterOrEqual, left, right),
            "+" or "-" or "*" or "/" or "%" => new ArithmeticEvaluator(binary.Operator[0], left, right),
            _ => throw ExpressionErrors.Unsupported($"the operator `{binary.Operator}`", binary.Span),
        };
    }

    // Long chains lean to the left; taken apart in a loop they cost no depth.
    static List<EvalExpression> Chain(EvalBinary binary)
    {
        var terms = new List<EvalExpression>();
        EvalExpression node = binary;
        while (node is EvalBinary next && next.Operator == binary.Operator)
        {
            terms.Add(next.Right);
            node = next.Left;
        }
        terms.Add(node);
        terms.Reverse();
        return terms;
    }
}
