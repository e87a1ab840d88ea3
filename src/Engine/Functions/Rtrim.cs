using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Takes blanks and tabs, or the given characters, off the right end.</summary>
sealed class Rtrim : Function
{
    public override string Name => "rtrim";

    public override string Usage => "rtrim(text [, characters])";

    public override string Summary => "Takes blanks and tabs, or the given characters, off the right end.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Trimming.Trim(arguments, left: false, right: true);
}
