using System.Globalization;

namespace Karst.Engine.Scanning;

/// <summary>The escapes in a JSON document's strings (RFC 8259, 7).</summary>
static class JsonEscapes
{
    /// <summary>
    /// Writes the text as it reads without escapes, which is never longer. False where one is not of JSON's, or stands for a character beyond ASCII: what such
    /// a text reads as is not for this.
    /// </summary>
    public static bool TryDrop(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        while (true)
        {
            var next = text.IndexOf((byte)'\\');
            var part = next < 0 ? text : text[..next];
            part.CopyTo(plain[length..]);
            length += part.Length;
            if (next < 0) return true;
            text = text[(next + 1)..];
            if (text.IsEmpty) return false;
            int value;
            switch (text[0])
            {
                case (byte)'u':
                    if (text.Length < 5 || !TryHex(text.Slice(1, 4), out value) || value > 0x7F) return false;
                    text = text[5..];
                    break;
                case (byte)'"' or (byte)'\\' or (byte)'/':
                    value = text[0];
                    text = text[1..];
                    break;
                case (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                    value = ' ';
                    text = text[1..];
                    break;
                default:
                    return false;
            }
            plain[length++] = (byte)value;
        }
    }

    static bool TryHex(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
