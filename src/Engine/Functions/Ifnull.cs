using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the first value, or the other when it is absent.</summary>
sealed class Ifnull : Function
{
    public override string Name => "ifnull";

    public override string Usage => "ifnull(value, other)";

    public override string Summary => "Gives the first value, or the other when it is absent.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => arguments[0].IsNull ? arguments[1] : arguments[0];
}
