using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the least value; numbers are less than text.</summary>
sealed class Min : Function
{
    public override string Name => "min";

    public override string Usage => "min(value, ...)";

    public override string Summary => "Gives the least value; numbers are less than text.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Extreme.Of(arguments, greatest: false);
}
