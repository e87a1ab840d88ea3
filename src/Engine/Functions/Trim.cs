using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Takes blanks and tabs, or the given characters, off both ends.</summary>
sealed class Trim : Function
{
    public override string Name => "trim";

    public override string Usage => "trim(text [, characters])";

    public override string Summary => "Takes blanks and tabs, or the given characters, off both ends.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Trimming.Trim(arguments, left: true, right: true);
}
