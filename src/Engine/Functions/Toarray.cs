using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Gives a JSON array: one that the value is already, or one of its values.</summary>
sealed class Toarray : Function
{
    public override string Name => "toarray";

    public override string Usage => "toarray(value)";

    public override string Summary => "Gives a JSON array: one that the value is already, or one of its values.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var value = arguments[0];
        if (value.IsNull) return Value.Null;
        if (Json.KindOf(value) == JsonValueKind.Array) return value;
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < value.Count; i++) Json.WriteValue(writer, value[i]);
            writer.WriteEndArray();
        });
    }
}
