using System.Buffers;
using System.Globalization;
using System.Text;

namespace Karst.Engine.Running.Extraction;

/// <summary>JSON string escapes.</summary>
static class JsonText
{
    /// <summary>The bytes that an escaped string means. Unknown escapes and half surrogates stay readable: `\x` is x, a lone surrogate U+FFFD.</summary>
    internal static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var result = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                result[length++] = text[i];
                continue;
            }
            i++;
            switch (text[i])
            {
                case (byte)'n': result[length++] = (byte)'\n'; break;
                case (byte)'t': result[length++] = (byte)'\t'; break;
                case (byte)'r': result[length++] = (byte)'\r'; break;
                case (byte)'b': result[length++] = (byte)'\b'; break;
                case (byte)'f': result[length++] = (byte)'\f'; break;
                case (byte)'u' when TryUnit(text, i + 1, out var unit):
                    i += 4;
                    var rune = new Rune('\uFFFD');
                    if (!char.IsSurrogate(unit)) rune = new Rune(unit);
                    else if (char.IsHighSurrogate(unit) && i + 2 < text.Length && text[i + 1] == '\\' && text[i + 2] == 'u'
                        && TryUnit(text, i + 3, out var low) && char.IsLowSurrogate(low))
                    {
                        rune = new Rune(unit, low);
                        i += 6;
                    }
                    length += rune.EncodeToUtf8(result.AsSpan(length));
                    break;
                default: result[length++] = text[i]; break;
            }
        }
        return result.AsSpan(0, length).ToArray();
    }

    static bool TryUnit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = default;
        if (at + 4 > text.Length || !ushort.TryParse(text.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        unit = (char)code;
        return true;
    }
}
