using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Puts text into upper case; each of several values.</summary>
sealed class Upper : Function
{
    public override string Name => "upper";

    public override string Usage => "upper(text)";

    public override string Summary => "Puts text into upper case; each of several values.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => TextCase.Change(arguments[0], upper: true);
}
