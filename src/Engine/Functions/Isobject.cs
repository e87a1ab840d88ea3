using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is the text of a JSON object.</summary>
sealed class Isobject : Function
{
    public override string Name => "isobject";

    public override string Usage => "isobject(value)";

    public override string Summary => "Tells whether a value is the text of a JSON object.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(Json.KindOf(arguments[0]) == JsonValueKind.Object);
}
