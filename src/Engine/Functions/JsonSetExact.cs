using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Sets the values of keys of a JSON object, taking a key as it is.</summary>
sealed class JsonSetExact : Function
{
    public override string Name => "json_set_exact";

    public override string Usage => "json_set_exact(json, key, value [, key, value ...])";

    public override string Summary => "Sets the values of keys of a JSON object, taking a key as it is.";

    public override (int Least, int Most) Arity => (3, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        arguments.Length % 2 == 1 ? base.Bind(call, arguments, binder) : throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (JsonEdit.Parse(arguments[0]) is not (true, System.Text.Json.Nodes.JsonObject map)) return Value.Null;
        try
        {
            for (var at = 1; at + 1 < arguments.Length; at += 2) map[arguments[at].ToString()] = JsonEdit.Node(arguments[at + 1]);
        }
        catch (ArgumentException)
        {
            // An object with one key twice cannot be changed without guessing which.
            return Value.Null;
        }
        return JsonEdit.Text(map);
    }
}
