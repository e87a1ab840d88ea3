using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Makes a JSON object of keys and values.</summary>
sealed class JsonObject : Function
{
    public override string Name => "json_object";

    public override string Usage => "json_object([key, value, ...])";

    public override string Summary => "Makes a JSON object of keys and values.";

    public override (int Least, int Most) Arity => (0, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        arguments.Length % 2 == 0 ? base.Bind(call, arguments, binder) : throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var members = arguments.ToArray();
        return Json.Write(writer =>
        {
            writer.WriteStartObject();
            for (var i = 0; i + 1 < members.Length; i += 2)
            {
                if (members[i].IsNull) continue;
                writer.WritePropertyName(members[i].AsUtf8());
                Json.WriteValue(writer, members[i + 1]);
            }
            writer.WriteEndObject();
        });
    }
}
