using System.Globalization;
using System.Text;

namespace Karst.Catalog.Html.Writing;

/// <summary>Characters that a reader cannot see or that turn the text around them: shown by their number, so that no rule can look other than it is.</summary>
static class Invisible
{
    /// <summary>The character must be shown by its number. Line feed, tab and the blank are what they are.</summary>
    public static bool Is(Rune rune)
    {
        if (rune.Value is '\n' or '\t' or ' ') return false;
        if (rune.Value < 0x7F) return rune.Value < ' ';
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
    }

    /// <summary>`U+202E`.</summary>
    public static string Name(int codepoint) => $"U+{codepoint:X4}";

    /// <summary>The text with each such character as `[U+202E]`: for places that hold no elements.</summary>
    public static string Plain(string text)
    {
        if (FirstIn(text) < 0) return text;
        var result = new StringBuilder(text.Length + 16);
        foreach (var (at, length, codepoint) in Runs(text))
            if (codepoint < 0) result.Append(text, at, length);
            else result.Append('[').Append(Name(codepoint)).Append(']');
        return result.ToString();
    }

    /// <summary>The position of the first such character, or -1.</summary>
    public static int FirstIn(ReadOnlySpan<char> text)
    {
        // Almost all text is ASCII without control characters but line feeds: a scan, no decoding.
        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            if (current is >= ' ' and < '\x7F' or '\n' or '\t') continue;
            if (Rune.DecodeFromUtf16(text[index..], out var rune, out var length) != System.Buffers.OperationStatus.Done || Is(rune)) return index;
            index += length - 1;
        }
        return -1;
    }

    /// <summary>The text cut into stretches that can be seen (code point -1) and single characters that cannot; half surrogates are such.</summary>
    public static IEnumerable<(int At, int Length, int Codepoint)> Runs(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = FirstIn(text.AsSpan(at));
            if (next < 0)
            {
                yield return (at, text.Length - at, -1);
                yield break;
            }
            if (next > 0) yield return (at, next, -1);
            at += next;
            var whole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == System.Buffers.OperationStatus.Done;
            yield return (at, length, whole ? rune.Value : text[at]);
            at += length;
        }
    }
}
