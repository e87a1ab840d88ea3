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

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Json.KindOf(arguments[0]) == JsonValueKind.Object ? arguments[0] : Value.Null;
}
