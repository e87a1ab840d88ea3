using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is a number.</summary>
sealed class Isnum : Function
{
    public override string Name => "isnum";

    public override string Usage => "isnum(value)";

    public override string Summary => "Tells whether a value is a number.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].TryNumber(out _));
}
