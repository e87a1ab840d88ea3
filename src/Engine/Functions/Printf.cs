using System.Globalization;
using System.Text;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Writes values by a format.</summary>
sealed class Printf : Function
{
    public override string Name => "printf";

    public override string Usage => "printf(format [, value, ...])";

    public override string Summary => "Writes values by a format such as %5.2f, %s or %x.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1) return Value.Null;
        var format = arguments[0].ToString();
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            if (format[i + 1] == '%')
            {
                text.Append('%');
                i++;
                continue;
            }
            if (!PrintfField.TryParse(format, ref i, arguments, ref next, out var field)) return Value.Null;
            text.Append(field.Format(next < arguments.Length ? arguments[next] : Value.Null));
            next++;
        }
        return Value.FromText(text.ToString());
    }
}

/// <summary>One `%` of a format: flags, width, precision and conversion.</summary>
readonly record struct PrintfField(string Flags, int Width, int Precision, char Conversion)
{
    const int MostWidth = 10_000;

    /// <summary>Reads a field; the place is left at its last character.</summary>
    internal static bool TryParse(string format, ref int at, ReadOnlySpan<Value> arguments, ref int next, out PrintfField field)
    {
        var start = ++at;
        while (at < format.Length && "-+ #0'".Contains(format[at], StringComparison.Ordinal)) at++;
        var flags = format[start..at];
        var width = Number(format, ref at, arguments, ref next);
        var precision = -1;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = Math.Max(0, Number(format, ref at, arguments, ref next));
        }
        while (at < format.Length && format[at] is 'l' or 'h' or 'j' or 'z' or 't' or 'L') at++;
        if (width < 0) flags += "-";
        field = new PrintfField(flags, Math.Min(MostWidth, Math.Abs(width)), Math.Min(MostWidth, precision), at < format.Length ? format[at] : '\0');
        return "aAcdieEfFgGosuxXp".Contains(field.Conversion, StringComparison.Ordinal);
    }

    /// <summary>The value by this field.</summary>
    internal string Format(Value value)
    {
        if (Conversion is 's' or 'c')
        {
            var text = value.ToString();
            if (Conversion == 'c') text = PrintfNumber.Character(value);
            else if (Precision >= 0 && Precision < text.Length) text = text[..Precision];
            return Pad(text, "", false);
        }
        if (!value.TryNumber(out var number)) number = 0;
        var digits = Digits(Math.Abs(number), number);
        if (Conversion is 'd' or 'i') number = Math.Truncate(number);
        var sign = number < 0 && Conversion is not ('x' or 'X' or 'o' or 'u' or 'p') ? "-"
            : Flags.Contains('+', StringComparison.Ordinal) ? "+"
            : Flags.Contains(' ', StringComparison.Ordinal) ? " " : "";
        if (Flags.Contains('#', StringComparison.Ordinal)) sign += Math.Truncate(number) == 0 ? "" : Conversion switch { 'x' => "0x", 'X' => "0X", 'o' => "0", _ => "" };
        return Pad(digits, sign, Flags.Contains('0', StringComparison.Ordinal));
    }

    string Digits(double size, double number)
    {
        var places = Precision < 0 ? 6 : Precision;
        var whole = Math.Abs(number) < 9e18 ? (long)number : 0;
        var text = Conversion switch
        {
            'd' or 'i' => Math.Truncate(size).ToString(Flags.Contains('\'', StringComparison.Ordinal) ? "#,##0" : "0", CultureInfo.InvariantCulture),
            'u' => ((ulong)whole).ToString(CultureInfo.InvariantCulture),
            'x' or 'p' => whole.ToString("x", CultureInfo.InvariantCulture),
            'X' => whole.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(whole, 8),
            'e' or 'E' => size.ToString((Conversion == 'e' ? "0." + new string('0', places) + "e+00" : "0." + new string('0', places) + "E+00"), CultureInfo.InvariantCulture),
            'g' or 'G' => PrintfNumber.Short(size, places, Flags.Contains('#', StringComparison.Ordinal), Conversion == 'G'),
            'a' or 'A' => PrintfNumber.Hexadecimal(size, Precision, Conversion == 'A'),
            _ => size.ToString((Flags.Contains('\'', StringComparison.Ordinal) ? "N" : "F") + places, CultureInfo.InvariantCulture),
        };
        return Conversion is 'd' or 'i' or 'u' or 'x' or 'X' or 'o' && Precision > text.Length ? text.PadLeft(Precision, '0') : text;
    }

    string Pad(string text, string sign, bool zeros)
    {
        var left = Width - text.Length - sign.Length;
        if (left <= 0) return sign + text;
        if (Flags.Contains('-', StringComparison.Ordinal)) return sign + text + new string(' ', left);
        return zeros ? sign + new string('0', left) + text : new string(' ', left) + sign + text;
    }

    static int Number(string format, ref int at, ReadOnlySpan<Value> arguments, ref int next)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            var given = next < arguments.Length && arguments[next].TryNumber(out var number) ? number : 0;
            next++;
            return (int)Math.Clamp(given, -MostWidth, MostWidth);
        }
        var value = 0;
        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++) value = Math.Min(MostWidth, (value * 10) + format[at] - '0');
        return value;
    }
}
