using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is the text of a JSON array.</summary>
sealed class Isarray : Function
{
    public override string Name => "isarray";

    public override string Usage => "isarray(value)";

    public override string Summary => "Tells whether a value is the text of a JSON array.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(Json.KindOf(arguments[0]) == JsonValueKind.Array);
}
