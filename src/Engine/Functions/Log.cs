using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the logarithm, to base 10 unless another is given.</summary>
sealed class Log : Function
{
    public override string Name => "log";

    public override string Usage => "log(number [, base])";

    public override string Summary => "Gives the logarithm, to base 10 unless another is given.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var number)) return Value.Null;
        var radix = 10.0;
        if (arguments.Length > 1 && (!arguments[1].TryNumber(out radix) || radix <= 0)) return Value.Null;
        var result = radix == 10 ? Math.Log10(number) : Math.Log(number) / Math.Log(radix);
        return double.IsFinite(result) ? Value.FromNumber(result) : Value.Null;
    }
}
