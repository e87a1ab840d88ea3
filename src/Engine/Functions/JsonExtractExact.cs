using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the value of a key of a JSON object, taken literally; of several keys a JSON array.</summary>
sealed class JsonExtractExact : Function
{
    public override string Name => "json_extract_exact";

    public override string Usage => "json_extract_exact(json, key, ...)";

    public override string Summary => "Gives the value of a key of a JSON object, taken literally; of several keys a JSON array.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return Value.Null;
        var results = new List<Value>();
        foreach (var argument in arguments[1..])
            results.Add(document.RootElement.TryGetProperty(argument.AsUtf8(), out var element) ? Json.Native(element) : Value.Null);
        if (results.Count == 1) return results[0];
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var result in results) Json.WriteValue(writer, result);
            writer.WriteEndArray();
        });
    }
}
