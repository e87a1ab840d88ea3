using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Counts the values; absent when there are none.</summary>
sealed class Mvcount : Function
{
    public override string Name => "mvcount";

    public override string Usage => "mvcount(values)";

    public override string Summary => "Counts the values; absent when there are none.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => arguments[0].IsNull ? Value.Null : Value.FromNumber(arguments[0].Count);
}
