using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the elements of a JSON array as several values, texts without quotes.</summary>
sealed class JsonArrayToMv : Function
{
    public override string Name => "json_array_to_mv";

    public override string Usage => "json_array_to_mv(json)";

    public override string Summary => "Gives the elements of a JSON array as several values, texts without quotes.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Array) return Value.Null;
        var values = new List<Value>();
        foreach (var element in document.RootElement.EnumerateArray())
            values.Add(element.ValueKind == JsonValueKind.Null ? Value.FromText("null") : Json.Native(element));
        return Value.FromMany(values);
    }
}
