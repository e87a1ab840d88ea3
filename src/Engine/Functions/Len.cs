using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Counts the characters of a text.</summary>
sealed class Len : Function
{
    public override string Name => "len";

    public override string Usage => "len(text)";

    public override string Summary => "Counts the characters of a text.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1) return Value.Null;
        var count = 0;
        foreach (var unit in arguments[0].AsUtf8())
            if ((unit & 0xC0) != 0x80) count++;
        return Value.FromNumber(count);
    }
}
