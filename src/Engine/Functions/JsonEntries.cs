using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Gives the members of a JSON object as an array of objects with `key` and `value`.</summary>
sealed class JsonEntries : Function
{
    public override string Name => "json_entries";

    public override string Usage => "json_entries(json)";

    public override string Summary => "Gives the members of a JSON object as an array of objects with `key` and `value`.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return Value.Null;
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                writer.WriteStartObject();
                writer.WriteString("key", property.Name);
                writer.WritePropertyName("value");
                property.Value.WriteTo(writer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
