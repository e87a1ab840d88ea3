using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Takes blanks and tabs, or the given characters, off the left end.</summary>
sealed class Ltrim : Function
{
    public override string Name => "ltrim";

    public override string Usage => "ltrim(text [, characters])";

    public override string Summary => "Takes blanks and tabs, or the given characters, off the left end.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => Trimming.Trim(arguments, left: true, right: false);
}
