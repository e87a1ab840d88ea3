using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Sets the values at paths of JSON text, made where they are missing.</summary>
sealed class JsonSet : Function
{
    public override string Name => "json_set";

    public override string Usage => "json_set(json, path, value [, path, value ...])";

    public override string Summary => "Sets the values at paths of JSON text, made where they are missing.";

    public override (int Least, int Most) Arity => (3, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        arguments.Length % 2 == 1 ? base.Bind(call, arguments, binder) : throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        JsonEdit.Apply(arguments, 2, creates: true, static (place, value, root) =>
        {
            place.Set(JsonEdit.Node(value));
            return root;
        });
}
