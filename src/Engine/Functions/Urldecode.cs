using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Puts the characters for %20 and its kind; + stands for a blank.</summary>
sealed class Urldecode : Function
{
    public override string Name => "urldecode";

    public override string Usage => "urldecode(text)";

    public override string Summary => "Puts the characters for %20 and its kind; + stands for a blank.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1) return Value.Null;
        var text = arguments[0].AsUtf8();
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0) return arguments[0];
        var made = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit == '+') unit = (byte)' ';
            else if (unit == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                unit = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                i += 2;
            }
            made[length++] = unit;
        }
        return Value.FromUtf8(made.AsSpan(0, length));
    }

    static int Digit(byte unit) => unit <= '9' ? unit - '0' : (unit | 0x20) - 'a' + 10;
}
