using System.Globalization;
using System.Text;

namespace Karst.Events;

/// <summary>Text that can be shown on a terminal: what a log line holds must not move the cursor, change colours or turn the writing's direction.</summary>
public static class SafeText
{
    /// <summary>The text with control and formatting characters as `\n`, `\x1b` or `\u202e`; line ends and tabs stay if wanted.</summary>
    public static string Of(ReadOnlySpan<byte> utf8, bool keepLines = false) => Of(Encoding.UTF8.GetString(utf8), keepLines);

    /// <summary>See <see cref="Of(ReadOnlySpan{byte}, bool)"/>.</summary>
    public static string Of(string text, bool keepLines = false)
    {
        foreach (var character in text)
            if (IsUnsafe(character)) return Escaped(text, keepLines);
        return text;
    }

    /// <summary>How many columns of a terminal the text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes()) width += Width(rune);
        return width;
    }

    /// <summary>The beginning of the text that fits the width, with an ellipsis where something was cut.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width && Width(text) <= width) return text;
        var used = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Width(rune) > width - 1) break;
            used += Width(rune);
            length += rune.Utf16SequenceLength;
        }
        return text[..length] + "…";
    }

    static int Width(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) return 0;
        // The blocks that terminals draw two columns wide: Hangul, CJK, full-width forms, emoji.
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
    }

    static string Escaped(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (!IsUnsafe(character) || (keepLines && character is '\n' or '\t')) safe.Append(character);
            else if (character == '\n') safe.Append("\\n");
            else if (character == '\r') safe.Append("\\r");
            else if (character == '\t') safe.Append("\\t");
            else if (character < 0x100) safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            else safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }
        return safe.ToString();
    }

    static bool IsUnsafe(char value) =>
        value < 0x20 || value is (>= '\u007f' and <= '\u009f') or (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e')
            or (>= '\u2060' and <= '\u206f') or '\ufeff' or '\u00ad';
}
