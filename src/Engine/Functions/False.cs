using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the Boolean false.</summary>
sealed class False : Function
{
    public override string Name => "false";

    public override string Usage => "false()";

    public override string Summary => "Gives the Boolean false.";

    public override (int Least, int Most) Arity => (0, 0);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(false);
}
