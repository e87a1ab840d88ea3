using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the angle of the point (x, y), from -pi to pi.</summary>
sealed class Atan2 : Function
{
    public override string Name => "atan2";

    public override string Usage => "atan2(y, x)";

    public override string Summary => "Gives the angle of the point (x, y), from -pi to pi.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        arguments[0].TryNumber(out var y) && arguments[1].TryNumber(out var x) ? Value.FromNumber(Math.Atan2(y, x)) : Value.Null;
}
