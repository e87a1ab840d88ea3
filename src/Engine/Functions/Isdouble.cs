using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is a number with a fraction.</summary>
sealed class Isdouble : Function
{
    public override string Name => "isdouble";

    public override string Usage => "isdouble(value)";

    public override string Summary => "Tells whether a value is a number with a fraction.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    // A number in a field is text, so that `5.0` still shows its point; one that was computed shows none.
    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        Value.FromBool(arguments[0].TryNumber(out var number) && (number != Math.Floor(number) || (arguments[0].IsText && arguments[0].Utf8.Contains((byte)'.'))));
}
