using System.Globalization;
using System.Text;

namespace Karst.Engine.Regexes;

sealed partial class PcreTranslator
{
    void Escape()
    {
        if (_at + 1 >= _pattern.Length) throw new PcreException("a `\\` ends the pattern", false);
        var c = _pattern[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'Q':
                Quoted();
                return;
            case 'E':
                return;
            case 'b' or 'B':
                _hasBoundary = true;
                _out.Append(_exactBoundaries ? Boundary(c == 'B') : $"\\{c}");
                return;
            case 'A' or 'z' or 'Z' or 'G':
                _out.Append('\\').Append(c);
                return;
            case 'K':
                throw new PcreException("`\\K`", true);
            case 'X' or 'C':
                throw new PcreException($"`\\{c}`", true);
            case 'R':
                Start();
                _out.Append(@"(?>\r\n|[\n-\r\u0085\u2028\u2029])");
                return;
            case 'N':
                Start();
                _out.Append(@"[^\n]");
                return;
            case 'k':
                Start();
                Named();
                return;
            case 'g':
                Start();
                Relative();
                return;
            case >= '1' and <= '9':
                Start();
                if (TryBackreference(c)) return;
                break;
        }
        Start();
        _at -= 2;
        if (TryClassEscape(out var set, out var negated))
        {
            _out.Append(negated ? "[^" : "[").Append(set).Append(']');
            return;
        }
        if (TryProperty(out var property))
        {
            _out.Append(property);
            return;
        }
        AppendCodePoint(_out, CharacterEscape());
    }

    static string Boundary(bool not) => not
        ? @"(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_]))"
        : @"(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))";

    void Quoted()
    {
        var end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? _pattern[_at..] : _pattern[_at..end];
        _at = end < 0 ? _pattern.Length : end + 2;
        foreach (var c in text)
        {
            Start();
            Literal(_out, c);
        }
    }

    void Named()
    {
        if (AtEnd) throw new PcreException("`\\k` needs a group", false);
        var close = Current switch { '{' => '}', '<' => '>', '\'' => '\'', _ => throw new PcreException("`\\k` needs a group", false) };
        Reference(Name(close));
    }

    void Relative()
    {
        if (!AtEnd && Current is '<' or '\'') throw new PcreException("recursion", true);
        string reference;
        if (!AtEnd && Current == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0) throw new PcreException("`\\g{` is not closed", false);
            reference = _pattern[(_at + 1)..end];
            _at = end + 1;
        }
        else
        {
            var start = _at;
            if (!AtEnd && Current is '-' or '+') _at++;
            while (!AtEnd && char.IsAsciiDigit(Current)) _at++;
            reference = _pattern[start.._at];
        }
        Reference(reference);
    }

    // \1 to \9 are references; from \10 on only when there are so many groups, else they are octal.
    bool TryBackreference(char first)
    {
        var end = _at;
        while (end < _pattern.Length && char.IsAsciiDigit(_pattern[end]) && end - _at < 3) end++;
        var number = int.Parse(_pattern.AsSpan(_at - 1, end - _at + 1), CultureInfo.InvariantCulture);
        if (number >= 10 && number > _total)
        {
            if (first >= '8') throw new PcreException($"there is no group {number}", false);
            return false;
        }
        if (number > _total) throw new PcreException($"there is no group {number}", false);
        _at = end;
        _out.Append(CultureInfo.InvariantCulture, $"\\k<{number}>");
        return true;
    }

    bool TryClassEscape(out string set, out bool negated)
    {
        set = char.ToLowerInvariant(_pattern[_at + 1]) switch
        {
            'd' => Digits,
            'w' => Words,
            's' => Spaces,
            'h' => Horizontal,
            'v' => Vertical,
            _ => "",
        };
        negated = char.IsUpper(_pattern[_at + 1]);
        if (set.Length == 0) return false;
        _at += 2;
        return true;
    }

    bool TryProperty(out string text)
    {
        text = "";
        if (_pattern[_at + 1] is not ('p' or 'P')) return false;
        var negated = _pattern[_at + 1] == 'P';
        _at += 2;
        if (AtEnd) throw new PcreException("`\\p` needs a property", false);
        var name = Current.ToString();
        if (Current == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0) throw new PcreException("`\\p{` is not closed", false);
            name = _pattern[(_at + 1)..end];
            _at = end;
        }
        _at++;
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }
        if (name == "L&" && !negated)
        {
            text = @"\p{Lu}\p{Ll}\p{Lt}";
            return true;
        }
        if (name.Length is not (1 or 2) || !"CLMNPSZ".Contains(name[0], StringComparison.Ordinal)) throw new PcreException($"`\\p{{{name}}}`", true);
        text = $"\\{(negated ? 'P' : 'p')}{{{name}}}";
        return true;
    }

    /// <summary>The code point of an escape that stands for one character; the place is at its backslash.</summary>
    int CharacterEscape()
    {
        var c = _pattern[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'a': return 7;
            case 'e': return 27;
            case 'f': return 12;
            case 'n': return 10;
            case 'r': return 13;
            case 't': return 9;
            case 'c':
                if (AtEnd) throw new PcreException("`\\c` needs a character", false);
                return char.ToUpperInvariant(_pattern[_at++]) ^ 64;
            case 'x':
                return Hexadecimal();
            case 'o' when !AtEnd && Current == '{':
                return Braced(8);
            case >= '0' and <= '7':
                _at--;
                return Number(8, c == '0' ? 3 : 3);
            case 'L' or 'l' or 'U' or 'u':
                throw new PcreException($"`\\{c}`", true);
        }
        if (!char.IsHighSurrogate(c) || AtEnd) return c;
        return char.ConvertToUtf32(c, _pattern[_at++]);
    }

    int Hexadecimal() => !AtEnd && Current == '{' ? Braced(16) : Number(16, 2);

    int Braced(int radix)
    {
        _at++;
        var value = Number(radix, 8);
        if (AtEnd || Current != '}' || value > 0x10FFFF) throw new PcreException("a character's number in braces cannot be read", false);
        _at++;
        return value;
    }

    int Number(int radix, int most)
    {
        long value = 0;
        for (var i = 0; i < most && !AtEnd && char.IsAsciiHexDigit(Current); i++, _at++)
        {
            var digit = Convert.ToInt32(Current.ToString(), 16);
            if (digit >= radix) break;
            value = (value * radix) + digit;
        }
        return (int)Math.Min(value, 0x110000);
    }

    static void AppendCodePoint(StringBuilder into, int code)
    {
        if (code is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)) throw new PcreException("there is no such character", false);
        if (code <= 0xFFFF) Literal(into, (char)code);
        else into.Append("(?:").Append(char.ConvertFromUtf32(code)).Append(')');
    }
}
