using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the Boolean true.</summary>
sealed class True : Function
{
    public override string Name => "true";

    public override string Usage => "true()";

    public override string Summary => "Gives the Boolean true.";

    public override (int Least, int Most) Arity => (0, 0);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(true);
}
