using System.Text;
using Karst.Engine.Search;

namespace Karst.Engine.Scanning;

/// <summary>
/// A TIME_PREFIX made of plain characters and `\s`, `\s*`, `\s+`, which nearly all are: looked for in the bytes themselves. Every other one is left to the
/// regular expression engine.
/// </summary>
sealed class TimePrefix
{
    readonly byte[] _head;
    readonly Anchors _anchors;
    readonly List<Part> _rest;

    TimePrefix(byte[] head, List<Part> rest)
    {
        _head = head;
        _anchors = Anchors.Of(head);
        _rest = rest;
    }

    // Plain bytes, and how many blanks must stand before them at the least and may at the most.
    readonly record struct Part(int Least, int Most, byte[] Text);

    /// <summary>The prefix, or null where it needs a regular expression.</summary>
    internal static TimePrefix? TryRead(string pattern)
    {
        var parts = new List<Part>();
        var text = new StringBuilder();
        int least = 0, most = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && ++i < pattern.Length && pattern[i] == 's')
            {
                var sign = i + 1 < pattern.Length ? pattern[i + 1] : ' ';
                if (sign is '?' or '{') return null;
                if (text.Length > 0 || parts.Count == 0) Take();
                least += sign == '*' ? 0 : 1;
                most = sign is '*' or '+' || most == int.MaxValue ? int.MaxValue : most + 1;
                if (sign is '*' or '+') i++;
                continue;
            }
            // Letters behind a backslash mean something, signs mean themselves; other signs mean something on their own.
            if (letter == '\\' ? i == pattern.Length || char.IsAsciiLetterOrDigit(pattern[i]) : "^$.|?*+()[]{}".Contains(letter, StringComparison.Ordinal)) return null;
            if (!char.IsAscii(pattern[i]) || (IsBlank((byte)pattern[i]) && text.Length == 0 && most > 0)) return null;
            text.Append(pattern[i]);
        }
        Take();
        return parts[0].Text.Length == 0 ? null : new TimePrefix(parts[0].Text, parts[1..]);

        void Take()
        {
            parts.Add(new Part(least, most, Encoding.ASCII.GetBytes(text.ToString())));
            text.Clear();
            least = most = 0;
        }
    }

    /// <summary>Where the text behind the first match begins; -1 without a match.</summary>
    internal int EndIn(ReadOnlySpan<byte> text)
    {
        for (var from = 0; ;)
        {
            var found = ByteSearch.IndexOf(text[from..], _head, _anchors);
            if (found < 0) return -1;
            from += found;
            if (EndOfRest(text, from + _head.Length) is >= 0 and var end) return end;
            from++;
        }
    }

    int EndOfRest(ReadOnlySpan<byte> text, int at)
    {
        foreach (var part in _rest)
        {
            var blanks = 0;
            while (blanks < part.Most && at < text.Length && IsBlank(text[at]))
            {
                at++;
                blanks++;
            }
            if (blanks < part.Least || !text[at..].StartsWith(part.Text)) return -1;
            at += part.Text.Length;
        }
        return at;
    }

    static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
