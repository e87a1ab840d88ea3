using System.Globalization;
using System.Text;

namespace Karst.Engine.Regexes;

/// <summary>A pattern that .NET cannot run as PCRE does: what it uses. <see cref="IsFeature"/> tells a known feature from a mistake.</summary>
public sealed class PcreException(string message, bool isFeature) : Exception(message)
{
    /// <summary>The pattern is right, and uses something that is not supported.</summary>
    public bool IsFeature { get; } = isFeature;
}

/// <summary>
/// Rewrites a PCRE pattern so that .NET's engine reads it the same way. Groups get their PCRE numbers (named ones too, which .NET would
/// number last); `\d \w \s` mean ASCII, as in PCRE without UCP. One difference stays: a character beyond U+FFFF counts as two.
/// </summary>
sealed partial class PcreTranslator
{
    const int MostDepth = 250;
    const string Digits = "0-9";
    const string Words = "a-zA-Z0-9_";
    const string Spaces = @"\t\n\v\f\r ";
    const string Horizontal = @"\t \u00A0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000";
    const string Vertical = @"\n-\r\u0085\u2028\u2029";

    readonly string _pattern;
    readonly bool _exactBoundaries;
    readonly int _total;
    readonly StringBuilder _out = new();
    readonly List<(string Name, int Number)> _names = [];
    int _at;
    int _groups;
    int _depth;
    int _atom = -1;
    bool _extended;
    bool _hasBoundary;

    PcreTranslator(string pattern, bool exactBoundaries)
    {
        _pattern = pattern;
        _exactBoundaries = exactBoundaries;
        _total = CountGroups();
    }

    /// <summary>The pattern in .NET's syntax, the named groups by number, how many groups there are, and whether `\b` or `\B` was met.</summary>
    internal sealed record Result(string Pattern, IReadOnlyList<(string Name, int Number)> Names, int Groups, bool HasBoundary);

    /// <summary>Translates; with <paramref name="exactBoundaries"/> `\b` looks at ASCII letters only, which costs time and differs only for other text.</summary>
    internal static Result Translate(string pattern, bool exactBoundaries)
    {
        var translator = new PcreTranslator(pattern, exactBoundaries);
        translator.Sequence(nested: false);
        return new Result(translator._out.ToString(), translator._names, translator._groups, translator._hasBoundary);
    }

    bool AtEnd => _at >= _pattern.Length;

    char Current => _pattern[_at];

    bool Looking(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    // Reads up to the closing parenthesis of a group, or to the end.
    void Sequence(bool nested)
    {
        if (++_depth > MostDepth) throw new PcreException("groups nest too deep", false);
        var extended = _extended;
        while (!AtEnd)
        {
            var c = Current;
            if (c == ')')
            {
                if (!nested) throw new PcreException("a `)` has no `(`", false);
                _extended = extended;
                _depth--;
                return;
            }
            Element(c);
        }
        if (nested) throw new PcreException("a `(` is not closed", false);
        _depth--;
    }

    void Element(char c)
    {
        switch (c)
        {
            case '(':
                Group();
                return;
            case '[':
                Start();
                Class();
                return;
            case '\\':
                Escape();
                return;
            case '|':
                _out.Append(c);
                _at++;
                _atom = -1;
                return;
            case '*' or '+' or '?':
                Quantifier(_at + 1);
                return;
            case '{' when QuantifierEnd() is var end and > 0:
                Quantifier(end);
                return;
            case '#' when _extended:
                while (!AtEnd && Current != '\n') _at++;
                return;
        }
        if (_extended && char.IsWhiteSpace(c))
        {
            _at++;
            return;
        }
        _at++;
        Start();
        if (c is '^' or '$')
        {
            _out.Append(c);
            return;
        }
        if (c == '.') _out.Append(c);
        else if (char.IsHighSurrogate(c) && !AtEnd) Wide(c);
        else Literal(_out, c);
    }

    void Wide(char high)
    {
        _out.Append("(?:").Append(high).Append(Current).Append(')');
        _at++;
    }

    void Start() => _atom = _out.Length;

    static void Literal(StringBuilder into, char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || c > 0x7F) into.Append(c);
        else into.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
    }

    int QuantifierEnd()
    {
        var at = _at + 1;
        var digits = at;
        while (at < _pattern.Length && char.IsAsciiDigit(_pattern[at])) at++;
        if (at == digits) return -1;
        if (at < _pattern.Length && _pattern[at] == ',')
        {
            at++;
            while (at < _pattern.Length && char.IsAsciiDigit(_pattern[at])) at++;
        }
        return at < _pattern.Length && _pattern[at] == '}' ? at + 1 : -1;
    }

    void Quantifier(int end)
    {
        if (_atom < 0) throw new PcreException($"`{_pattern[_at..end]}` has nothing to repeat", false);
        var text = _pattern[_at..end];
        _at = end;
        if (!AtEnd && Current == '+')
        {
            _at++;
            _out.Insert(_atom, "(?>").Append(text).Append(')');
            return;
        }
        _out.Append(text);
        if (!AtEnd && Current == '?')
        {
            _at++;
            _out.Append('?');
        }
        // A quantifier may follow (`a{2}{3}`), which .NET does not read without a group.
        if (!AtEnd && Current == '{' && QuantifierEnd() > 0) _out.Insert(_atom, "(?:").Append(')');
        else if (!AtEnd && Current is '*' or '+' or '?') throw new PcreException($"`{Current}` has nothing to repeat", false);
        else _atom = -1;
    }

    int CountGroups()
    {
        var count = 0;
        for (var i = 0; i < _pattern.Length; i++)
        {
            if (_pattern[i] == '\\') i++;
            else if (_pattern[i] == '(' && (i + 1 >= _pattern.Length || _pattern[i + 1] is not ('?' or '*') || IsNamed(i + 1))) count++;
        }
        return count;
    }

    bool IsNamed(int at) =>
        at + 1 < _pattern.Length && (_pattern[at + 1] == '\''
            || (_pattern[at + 1] == '<' && at + 2 < _pattern.Length && _pattern[at + 2] is not ('=' or '!'))
            || (_pattern[at + 1] == 'P' && at + 2 < _pattern.Length && _pattern[at + 2] == '<'));
}
