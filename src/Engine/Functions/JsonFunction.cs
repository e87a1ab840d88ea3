using System.Text.Json;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives a value back when it is JSON text; null for anything else.</summary>
sealed class JsonFunction : Function
{
    public override string Name => "json";

    public override string Usage => "json(value)";

    public override string Summary => "Gives a value back when it is JSON text; null for anything else.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Json.KindOf(arguments[0]) == JsonValueKind.Undefined ? Value.Null : arguments[0];
}
