using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Shifts the bits of a whole number to the right.</summary>
sealed class BitShiftRight : Function
{
    public override string Name => "bit_shift_right";

    public override string Usage => "bit_shift_right(number, places)";

    public override string Summary => "Shifts the bits of a whole number to the right.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!Bits.TryRead(arguments[0], out var bits) || !Bits.TryRead(arguments[1], out var by)) return Value.Null;
        return Value.FromNumber(by > 52 ? 0 : bits >> (int)by);
    }
}
