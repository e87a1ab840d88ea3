using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Raises a number to a power.</summary>
sealed class Pow : Function
{
    public override string Name => "pow";

    public override string Usage => "pow(base, exponent)";

    public override string Summary => "Raises a number to a power.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var number) || !arguments[1].TryNumber(out var exponent)) return Value.Null;
        var result = Math.Pow(number, exponent);
        return double.IsFinite(result) ? Value.FromNumber(result) : Value.Null;
    }
}
