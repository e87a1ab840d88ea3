using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the length of the hypotenuse of a right triangle.</summary>
sealed class Hypot : Function
{
    public override string Name => "hypot";

    public override string Usage => "hypot(x, y)";

    public override string Summary => "Gives the length of the hypotenuse of a right triangle.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        arguments[0].TryNumber(out var x) && arguments[1].TryNumber(out var y) ? Value.FromNumber(double.Hypot(x, y)) : Value.Null;
}
