using System.Buffers.Text;
using System.Text;
using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>The text of a single value without an allocation where that is possible.</summary>
public static class ScalarText
{
    /// <summary>Bytes that any number fits in.</summary>
    public const int Scratch = 340;

    /// <summary>The value's text: its own bytes, or, for numbers, bytes written to <paramref name="scratch"/> (at least <see cref="Scratch"/> long).</summary>
    public static ReadOnlySpan<byte> Of(Value value, Span<byte> scratch)
    {
        if (value.IsText) return value.Utf8;
        if (!value.IsNumber) return value.AsUtf8();
        return scratch[..Format(value.Number, scratch)];
    }

    /// <summary>Writes a number as SPL prints it; the length.</summary>
    public static int Format(double number, Span<byte> into)
    {
        // -0 prints as 0, as NumberText has it.
        if (Math.Abs(number) < 1e15 && number == Math.Floor(number) && Utf8Formatter.TryFormat((long)number, into, out var written)) return written;
        return Encoding.UTF8.GetBytes(NumberText.Format(number), into);
    }
}
