using System.Buffers.Text;
using System.Globalization;

namespace Karst.Events;

/// <summary>Numbers as text, as SPL reads and prints them.</summary>
public static class NumberText
{
    /// <summary>The whole text is a decimal number; blanks around it are not allowed, nor are `inf`, `nan` and hexadecimal.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 400) return false;
        var first = text[0];
        if (first is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.')) return false;
        if (first == '+') text = text[1..];
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && double.IsFinite(number);
    }

    /// <summary>The text is a whole number in its only spelling: two such texts that differ are different numbers.</summary>
    public static bool IsPlainWhole(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 15 && (text[0] != '0' || text.Length == 1) && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Whole numbers without a point; others in the shortest form that reads back the same, never with an exponent below 1e17.</summary>
    public static string Format(double number)
    {
        if (double.IsPositiveInfinity(number)) return "inf";
        if (double.IsNegativeInfinity(number)) return "-inf";
        if (Math.Abs(number) < 1e15 && number == Math.Floor(number)) return ((long)number).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(number) < 1e17 && Math.Abs(number) > 1e-15
            ? number.ToString("0.####################", CultureInfo.InvariantCulture)
            : text.Replace("E+", "e+", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
    }
}
