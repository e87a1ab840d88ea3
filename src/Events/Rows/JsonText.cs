using System.Globalization;
using System.Text;

namespace Karst.Events;

/// <summary>The text of JSON strings. Unlike the framework's, it takes lone surrogates: each becomes U+FFFD.</summary>
public static class JsonText
{
    /// <summary>The bytes that a string's content (between the quotes) stands for; the same span when nothing is escaped.</summary>
    public static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> content, bool isEscaped)
    {
        if (!isEscaped) return content;
        var text = new byte[content.Length];
        return text.AsSpan(0, Unescape(content, text));
    }

    /// <summary>The content holds half of a surrogate pair; what it stands for is given too.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> content, ReadOnlySpan<byte> unescaped) =>
        unescaped.IndexOf("\uFFFD"u8) >= 0 && (content.IndexOf("\\ud"u8) >= 0 || content.IndexOf("\\uD"u8) >= 0) && content.IndexOf("\uFFFD"u8) < 0;

    /// <summary>Writes what the content stands for and returns its length, which is never more than the content's; an unknown escape stays as it is.</summary>
    public static int Unescape(ReadOnlySpan<byte> content, Span<byte> text)
    {
        var length = 0;
        while (true)
        {
            var run = content.IndexOf((byte)'\\');
            if (run < 0 || run + 1 >= content.Length)
            {
                content.CopyTo(text[length..]);
                return length + content.Length;
            }
            content[..run].CopyTo(text[length..]);
            length += run;
            content = content[(run + 1)..];
            var used = content[0] == 'u' ? Code(content, text[length..], out var written) : Letter(content[0], text[length..], out written);
            length += written;
            content = content[used..];
        }
    }

    static int Letter(byte letter, Span<byte> text, out int written)
    {
        written = 1;
        text[0] = letter switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            (byte)'r' => (byte)'\r',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            _ => letter,
        };
        if (letter is (byte)'n' or (byte)'t' or (byte)'r' or (byte)'b' or (byte)'f' or (byte)'"' or (byte)'\\' or (byte)'/') return 1;
        text[0] = (byte)'\\';
        text[1] = letter;
        written = 2;
        return 1;
    }

    static int Code(ReadOnlySpan<byte> content, Span<byte> text, out int written)
    {
        if (!TryHex(content, out var code))
        {
            text[0] = (byte)'\\';
            text[1] = (byte)'u';
            written = 2;
            return 1;
        }
        var used = 5;
        if (char.IsHighSurrogate((char)code) && content.Length >= 11 && content[5] == '\\' && content[6] == 'u'
            && TryHex(content[6..], out var low) && char.IsLowSurrogate((char)low))
        {
            code = char.ConvertToUtf32((char)code, (char)low);
            used = 11;
        }
        var rune = Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar;
        written = rune.EncodeToUtf8(text);
        return used;
    }

    static bool TryHex(ReadOnlySpan<byte> content, out int code)
    {
        code = 0;
        return content.Length >= 5 && int.TryParse(content[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
