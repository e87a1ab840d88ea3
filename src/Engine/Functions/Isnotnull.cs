using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether there is a value.</summary>
sealed class Isnotnull : Function
{
    public override string Name => "isnotnull";

    public override string Usage => "isnotnull(value)";

    public override string Summary => "Tells whether there is a value.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(!arguments[0].IsNull);
}
