using System.Buffers;
using System.Text;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Texts as a lookup compares them: as they are, or without case.</summary>
static class LookupText
{
    /// <summary>The bytes to compare by: the same, or the lower case of them.</summary>
    internal static ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text, bool caseSensitive, ref byte[] scratch)
    {
        if (caseSensitive || !HasUpper(text)) return text;
        if (scratch.Length < text.Length) scratch = new byte[Math.Max(256, text.Length * 2)];
        if (System.Text.Ascii.IsValid(text))
        {
            System.Text.Ascii.ToLower(text, scratch, out var written);
            return scratch.AsSpan(0, written);
        }
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant());
    }

    static readonly SearchValues<byte> Unfolded = SearchValues.Create(
        [.. Enumerable.Range('A', 26).Concat(Enumerable.Range(0x80, 0x80)).Select(value => (byte)value)]);

    static bool HasUpper(ReadOnlySpan<byte> text) => text.ContainsAny(Unfolded);

    /// <summary>`*` stands for any run of bytes; all else is itself.</summary>
    internal static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
