using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Gives the JSON object that a value is the text of; null for anything else.</summary>
sealed class Toobject : Function
{
    public override string Name => "toobject";

    public override string Usage => "toobject(value)";

    public override string Summary => "Gives the JSON object that a value is the text of; null for anything else.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        return document?.RootElement.ValueKind == JsonValueKind.Object ? arguments[0] : Value.Null;
    }
}
