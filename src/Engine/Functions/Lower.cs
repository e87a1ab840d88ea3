using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Puts text into lower case; each of several values.</summary>
sealed class Lower : Function
{
    public override string Name => "lower";

    public override string Usage => "lower(text)";

    public override string Summary => "Puts text into lower case; each of several values.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => TextCase.Change(arguments[0], upper: false);
}
