using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Makes a JSON array of values.</summary>
sealed class JsonArray : Function
{
    public override string Name => "json_array";

    public override string Usage => "json_array([value, ...])";

    public override string Summary => "Makes a JSON array of values.";

    public override (int Least, int Most) Arity => (0, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var values = arguments.ToArray();
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var value in values) Json.WriteValue(writer, value);
            writer.WriteEndArray();
        });
    }
}
