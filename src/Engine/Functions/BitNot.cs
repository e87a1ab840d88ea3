using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Turns the bits of a whole number around, within 53 bits or a mask.</summary>
sealed class BitNot : Function
{
    public override string Name => "bit_not";

    public override string Usage => "bit_not(number [, mask])";

    public override string Summary => "Turns the bits of a whole number around, within 53 bits or a mask.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var mask = Bits.All;
        if (!Bits.TryRead(arguments[0], out var bits) || (arguments.Length > 1 && !Bits.TryRead(arguments[1], out mask))) return Value.Null;
        return Value.FromNumber(~bits & mask);
    }
}
