using System.Globalization;
using System.Text;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>The conversions of C's printf that .NET has none for: `%g`, `%a`, `%c`.</summary>
static class PrintfNumber
{
    const int FractionBits = 52;

    /// <summary>`%g`: the shorter of `%f` and `%e`, by C's rule, without zeros at the end unless they are asked for.</summary>
    internal static string Short(double size, int precision, bool keepsZeros, bool upper)
    {
        if (!double.IsFinite(size)) return "inf";
        precision = Math.Max(1, precision);
        var mark = upper ? "E" : "e";
        var scientific = size.ToString($"{mark}{precision - 1}", CultureInfo.InvariantCulture);
        var split = scientific.IndexOf(mark, StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent >= -4 && exponent < precision) return Tidy(size.ToString($"F{precision - 1 - exponent}", CultureInfo.InvariantCulture), keepsZeros);
        return $"{Tidy(scientific[..split], keepsZeros)}{mark}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary>`%a`: 0x1.413p+12; without a precision as many digits as the number has.</summary>
    internal static string Hexadecimal(double size, int precision, bool upper)
    {
        if (!double.IsFinite(size)) return "inf";
        var bits = BitConverter.DoubleToInt64Bits(size);
        var exponent = (int)(bits >> FractionBits);
        var significand = bits & ((1L << FractionBits) - 1);
        if (exponent > 0) significand |= 1L << FractionBits;
        var power = size == 0 ? 0 : Math.Max(exponent, 1) - 1023;
        if (precision is >= 0 and < 13) significand = ToEven(significand, FractionBits - (4 * precision));
        var fraction = (significand & ((1L << FractionBits) - 1)).ToString("x13", CultureInfo.InvariantCulture);
        fraction = precision < 0 ? fraction.TrimEnd('0') : precision <= 13 ? fraction[..precision] : fraction.PadRight(precision, '0');
        var text = $"0x{significand >> FractionBits}{(fraction.Length > 0 ? "." : "")}{fraction}p{(power < 0 ? '-' : '+')}{Math.Abs(power)}";
        return upper ? text.ToUpperInvariant() : text;
    }

    /// <summary>`%c`: the character with a number, or the first of a text.</summary>
    internal static string Character(Value value)
    {
        if (value.IsNumber) return Rune.TryCreate((int)Math.Clamp(value.Number, -1, int.MaxValue), out var rune) ? rune.ToString() : "";
        foreach (var first in value.ToString().EnumerateRunes()) return first.ToString();
        return "";
    }

    static long ToEven(long significand, int dropped)
    {
        var unit = 1L << dropped;
        var rest = significand & (unit - 1);
        significand -= rest;
        var up = rest > unit / 2 || (rest == unit / 2 && (significand & unit) != 0);
        return up ? significand + unit : significand;
    }

    static string Tidy(string digits, bool keepsZeros) =>
        keepsZeros || !digits.Contains('.', StringComparison.Ordinal) ? digits : digits.TrimEnd('0').TrimEnd('.');
}
