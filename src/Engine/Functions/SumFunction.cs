using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Adds up numbers; text that is none is left out.</summary>
sealed class SumFunction : Function
{
    public override string Name => "sum";

    public override string Usage => "sum(value, ...)";

    public override string Summary => "Adds up numbers; text that is none is left out.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        Numbers.Add(arguments) is ( > 0, var sum) ? Value.FromNumber(sum) : Value.Null;
}
