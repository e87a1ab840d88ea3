using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Lists the keys of a JSON object as a JSON array; null for anything else.</summary>
sealed class JsonKeys : Function
{
    public override string Name => "json_keys";

    public override string Usage => "json_keys(json)";

    public override string Summary => "Lists the keys of a JSON object as a JSON array; null for anything else.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return Value.Null;
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var property in document.RootElement.EnumerateObject()) writer.WriteStringValue(property.Name);
            writer.WriteEndArray();
        });
    }
}
