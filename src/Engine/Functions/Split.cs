using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Splits a text at a delimiter; at an empty one into its characters.</summary>
sealed class Split : Function
{
    public override string Name => "split";

    public override string Usage => "split(text, delimiter)";

    public override string Summary => "Splits a text at a delimiter; at an empty one into its characters.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1 || arguments[1].Count != 1) return Value.Null;
        var text = arguments[0].AsText();
        var delimiter = arguments[1].AsUtf8();
        var bytes = text.Utf8;
        var parts = new List<Value>();
        var start = 0;
        while (start <= bytes.Length)
        {
            var length = delimiter.IsEmpty ? Character(bytes, start) : bytes[start..].IndexOf(delimiter);
            if (length < 0) length = bytes.Length - start;
            if (delimiter.IsEmpty && length == 0) break;
            parts.Add(length == 0 ? Value.Empty : Value.FromUtf8(text.Utf8Array!, text.Utf8Offset + start, length));
            start += length + delimiter.Length;
            if (!delimiter.IsEmpty && start > bytes.Length) break;
        }
        return Value.FromMany(parts);
    }

    static int Character(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length) return 0;
        var length = 1;
        while (at + length < text.Length && (text[at + length] & 0xC0) == 0x80) length++;
        return length;
    }
}
