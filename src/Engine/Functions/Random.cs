using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives a whole number from 0 to 2147483647, another one each time.</summary>
sealed class Random : Function
{
    public override string Name => "random";

    public override string Usage => "random()";

    public override string Summary => "Gives a whole number from 0 to 2147483647, another one each time.";

    public override (int Least, int Most) Arity => (0, 0);

    public override bool IsPure => false;

    public override bool IsRepeatable => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromNumber(run.NextRandom());
}
