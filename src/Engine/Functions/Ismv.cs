using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether there are several values.</summary>
sealed class Ismv : Function
{
    public override string Name => "ismv";

    public override string Usage => "ismv(value)";

    public override string Summary => "Tells whether there are several values.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].IsMultivalue);
}
