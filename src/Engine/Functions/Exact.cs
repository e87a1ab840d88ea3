using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives a number with all its digits, as every number is given here.</summary>
sealed class Exact : Function
{
    public override string Name => "exact";

    public override string Usage => "exact(number)";

    public override string Summary => "Gives a number with all its digits, as every number is given here.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => arguments[0].TryNumber(out _) ? arguments[0] : Value.Null;
}
