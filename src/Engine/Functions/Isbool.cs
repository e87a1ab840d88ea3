using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value is a Boolean.</summary>
sealed class Isbool : Function
{
    public override string Name => "isbool";

    public override string Usage => "isbool(value)";

    public override string Summary => "Tells whether a value is a Boolean.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Value.FromBool(arguments[0].IsBool);
}
