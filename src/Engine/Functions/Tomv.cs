using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Gives the elements of a JSON array as several values, texts with their quotes.</summary>
sealed class Tomv : Function
{
    public override string Name => "tomv";

    public override string Usage => "tomv(json)";

    public override string Summary => "Gives the elements of a JSON array as several values, texts with their quotes.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Array) return arguments[0];
        return Value.FromMany((Value[])[.. document.RootElement.EnumerateArray().Select(element => Value.FromText(element.GetRawText()))]);
    }
}
