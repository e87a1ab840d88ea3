using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is text that is no number.</summary>
sealed class Isstr : Function
{
    public override string Name => "isstr";

    public override string Usage => "isstr(value)";

    public override string Summary => "Tells whether a value is text that is no number.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].IsText && !arguments[0].TryNumber(out _));
}
