using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the bitwise OR of whole numbers.</summary>
sealed class BitOr : Function
{
    public override string Name => "bit_or";

    public override string Usage => "bit_or(number, number, ...)";

    public override string Summary => "Gives the bitwise OR of whole numbers.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!Bits.TryRead(arguments[0], out var bits)) return Value.Null;
        foreach (var argument in arguments[1..])
        {
            if (!Bits.TryRead(argument, out var other)) return Value.Null;
            bits |= other;
        }
        return Value.FromNumber(bits);
    }
}
