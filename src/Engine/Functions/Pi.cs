using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the constant pi.</summary>
sealed class Pi : Function
{
    public override string Name => "pi";

    public override string Usage => "pi()";

    public override string Summary => "Gives the constant pi.";

    public override (int Least, int Most) Arity => (0, 0);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromNumber(Math.PI);
}
