using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Adds the elements of an array to the end of the array at a path of JSON text.</summary>
sealed class JsonExtend : Function
{
    public override string Name => "json_extend";

    public override string Usage => "json_extend(json, path, value [, path, value ...])";

    public override string Summary => "Adds the elements of an array to the end of the array at a path of JSON text.";

    public override (int Least, int Most) Arity => (3, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        arguments.Length % 2 == 1 ? base.Bind(call, arguments, binder) : throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        JsonEdit.Apply(arguments, 2, creates: false, static (place, value, root) =>
        {
            if (place.Node is not System.Text.Json.Nodes.JsonArray list) return root;
            if (JsonEdit.Node(value) is System.Text.Json.Nodes.JsonArray more) foreach (var element in more) list.Add(element?.DeepClone());
            else list.Add(JsonEdit.Node(value));
            return root;
        });
}
