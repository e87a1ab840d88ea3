using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the greatest value; text is greater than numbers.</summary>
sealed class Max : Function
{
    public override string Name => "max";

    public override string Usage => "max(value, ...)";

    public override string Summary => "Gives the greatest value; text is greater than numbers.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Extreme.Of(arguments, greatest: true);
}
