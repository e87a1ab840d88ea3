using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>A function of one number; absent for anything else, and where it has no value.</summary>
abstract class NumberFunction : Function
{
    public sealed override (int Least, int Most) Arity => (1, 1);

    public sealed override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var number)) return Value.Null;
        var result = Compute(number);
        return double.IsFinite(result) ? Value.FromNumber(result) : Value.Null;
    }

    /// <summary>The value; NaN or infinite where there is none.</summary>
    protected abstract double Compute(double number);
}
