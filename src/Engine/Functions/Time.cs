using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the present moment in epoch seconds; with a fixed clock, the start of the search.</summary>
sealed class Time : Function
{
    public override string Name => "time";

    public override string Usage => "time()";

    public override string Summary => "Gives the present moment in epoch seconds; with a fixed clock, the start of the search.";

    public override (int Least, int Most) Arity => (0, 0);

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromNumber(run.Now);
}
