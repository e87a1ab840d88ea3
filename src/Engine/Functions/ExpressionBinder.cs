using Karst.Engine.Expressions;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Eval syntax to evaluators: fields become slots, calls are looked up and checked, constant parts are computed once.</summary>
public sealed class ExpressionBinder
{
    readonly List<string> _fields = [];

    /// <summary>Binds a whole expression; throws <see cref="SplException"/> for unknown functions, wrong arity, types that cannot be.</summary>
    public static BoundExpression Bind(EvalExpression expression)
    {
        var binder = new ExpressionBinder();
        return new BoundExpression(binder.BindNode(expression), binder._fields);
    }

    /// <summary>Binds a part; what <see cref="Function.Bind"/> calls for arguments it binds itself.</summary>
    public Evaluator BindNode(EvalExpression expression) => throw new NotSupportedException();

    /// <summary>The slot of a field.</summary>
    public int SlotOf(string field)
    {
        var slot = _fields.IndexOf(field);
        if (slot >= 0) return slot;
        _fields.Add(field);
        return _fields.Count - 1;
    }
}
