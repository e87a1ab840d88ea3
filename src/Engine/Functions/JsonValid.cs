using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a text is JSON.</summary>
sealed class JsonValid : Function
{
    public override string Name => "json_valid";

    public override string Usage => "json_valid(json)";

    public override string Summary => "Tells whether a text is JSON.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].IsNull) return Value.Null;
        return Value.FromBool(Json.KindOf(arguments[0]) != JsonValueKind.Undefined);
    }
}
