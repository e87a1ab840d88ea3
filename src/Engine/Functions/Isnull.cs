using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is absent.</summary>
sealed class Isnull : Function
{
    public override string Name => "isnull";

    public override string Usage => "isnull(value)";

    public override string Summary => "Tells whether a value is absent.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].IsNull);
}
