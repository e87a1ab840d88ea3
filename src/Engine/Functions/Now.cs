using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the moment at which the search started, in epoch seconds.</summary>
sealed class Now : Function
{
    public override string Name => "now";

    public override string Usage => "now()";

    public override string Summary => "Gives the moment at which the search started, in epoch seconds.";

    public override (int Least, int Most) Arity => (0, 0);

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromNumber(Math.Floor(run.Now));
}
