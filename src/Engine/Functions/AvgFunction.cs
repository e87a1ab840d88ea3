using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the mean of numbers; text that is none is left out.</summary>
sealed class AvgFunction : Function
{
    public override string Name => "avg";

    public override string Usage => "avg(value, ...)";

    public override string Summary => "Gives the mean of numbers; text that is none is left out.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        Numbers.Add(arguments) is ( > 0 and var count, var sum) ? Value.FromNumber(sum / count) : Value.Null;
}
