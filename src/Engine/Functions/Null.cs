using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives no value; assigning it takes a field away.</summary>
sealed class Null : Function
{
    public override string Name => "null";

    public override string Usage => "null()";

    public override string Summary => "Gives no value; assigning it takes a field away.";

    public override (int Least, int Most) Arity => (0, 0);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.Null;
}
