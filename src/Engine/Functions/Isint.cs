using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is a whole number.</summary>
sealed class Isint : Function
{
    public override string Name => "isint";

    public override string Usage => "isint(value)";

    public override string Summary => "Tells whether a value is a whole number.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].TryNumber(out var number) && number == Math.Floor(number));
}
