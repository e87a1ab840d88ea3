using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Makes a JSON array of values: texts, or by type when the second argument is true().</summary>
sealed class MvToJsonArray : Function
{
    public override string Name => "mv_to_json_array";

    public override string Usage => "mv_to_json_array(values [, infers])";

    public override string Summary => "Makes a JSON array of values: texts, or by type when the second argument is true().";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].IsNull) return Value.Null;
        var values = arguments[0];
        var infers = arguments.Length > 1 && arguments[1].IsTrue;
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < values.Count; i++) Item(writer, values[i], infers);
            writer.WriteEndArray();
        });
    }

    static void Item(Utf8JsonWriter writer, Value value, bool infers)
    {
        if (infers && value.ToString() is "true" or "false" or "null") writer.WriteRawValue(value.AsUtf8());
        else Json.WriteValue(writer, value, infers);
    }
}
