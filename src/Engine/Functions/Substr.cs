using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives a part of a text; places count from 1, or from the end when negative.</summary>
sealed class Substr : Function
{
    public override string Name => "substr";

    public override string Usage => "substr(text, start [, length])";

    public override string Summary => "Gives a part of a text; places count from 1, or from the end when negative.";

    public override (int Least, int Most) Arity => (2, 3);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1 || !arguments[1].TryNumber(out var from)) return Value.Null;
        var length = double.PositiveInfinity;
        if (arguments.Length > 2 && !arguments[2].TryNumber(out length)) return Value.Null;
        var text = arguments[0].AsText();
        var count = Characters(text.Utf8);
        // As SQLite's substr: a start of 0 stands before the first character and uses up one of the length.
        var start = Math.Truncate(from) switch { > 0 and var place => place - 1, < 0 and var place => count + place, _ => -1 };
        var end = Math.Min(start + Math.Truncate(length), count);
        if (double.IsPositiveInfinity(length)) end = count;
        start = Math.Max(start, 0);
        if (end <= start) return Value.Empty;
        var first = ByteOf(text.Utf8, (int)start);
        var last = ByteOf(text.Utf8, (int)end);
        return Value.FromUtf8(text.Utf8Array!, text.Utf8Offset + first, last - first);
    }

    static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var unit in text)
            if ((unit & 0xC0) != 0x80) count++;
        return count;
    }

    static int ByteOf(ReadOnlySpan<byte> text, int character)
    {
        var at = 0;
        for (var i = 0; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) == 0x80) continue;
            if (i++ == character) return at;
        }
        return text.Length;
    }
}
