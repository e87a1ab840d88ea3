using System.Text;

namespace Karst.Engine.Regexes;

/// <summary>
/// Reads a <see cref="BytePattern"/> from an expression's text. It knows literals, classes of ASCII characters, `+ * ?`, groups, alternatives of literals, and
/// `.+?` before a literal; an expression with anything else, or with more than one way to match, has none.
/// </summary>
sealed class BytePatternReader
{
    const string Words = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    const string Digits = "0123456789";
    const string Spaces = " \t\n\r\f\v";

    readonly string _pattern;
    int _at;
    int _groups;
    bool _dotsAll;

    BytePatternReader(string pattern) => _pattern = pattern;

    /// <summary>The scan for an expression; null where there is none.</summary>
    internal static BytePattern? TryRead(string pattern)
    {
        var reader = new BytePatternReader(pattern);
        if (reader.Skip("(?s)")) reader._dotsAll = true;
        var isAnchored = reader.Skip("^");
        if (reader.Sequence() is not { } nodes || !reader.IsAtEnd) return null;
        var all = Joined(nodes);
        return ByteNode.FirstOf(all, ByteFollow.End).MayBeEmpty || !ByteNode.HasOneWay(all, ByteFollow.End) ? null : new BytePattern(all, reader._groups, isAnchored);
    }

    bool IsAtEnd => _at == _pattern.Length;

    char Current => _pattern[_at];

    bool Skip(string text)
    {
        if (!_pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal)) return false;
        _at += text.Length;
        return true;
    }

    // Up to the end or a closing bracket; null where something is not known.
    List<ByteNode>? Sequence()
    {
        var nodes = new List<ByteNode>();
        while (!IsAtEnd && Current != ')')
        {
            if (Current == '(' ? !Group(nodes) : !One(nodes)) return null;
        }
        return nodes;
    }

    bool Group(List<ByteNode> nodes)
    {
        if (TryUntil(nodes)) return true;
        _at++;
        var number = 0;
        if (!Skip("?:"))
        {
            if (!IsAtEnd && Current == '?' && !Name()) return false;
            number = ++_groups;
        }
        if (Alternatives() is not { } parts)
        {
            if (Sequence() is not { } sequence) return false;
            parts = [.. sequence];
        }
        if (IsAtEnd || Current != ')') return false;
        _at++;
        if (!IsAtEnd && Current is '+' or '*' or '{') return false;
        if (Skip("?"))
        {
            if (number > 0 || parts.Length == 0 || (!IsAtEnd && Current is '?' or '+')) return false;
            nodes.Add(new ByteNode { Kind = ByteNodeKind.Optional, Parts = Joined([.. parts]) });
            return true;
        }
        if (number > 0) nodes.Add(new ByteNode { Kind = ByteNodeKind.Open, Group = number });
        nodes.AddRange(parts);
        if (number > 0) nodes.Add(new ByteNode { Kind = ByteNodeKind.Close, Group = number });
        return true;
    }

    bool Name()
    {
        if (!Skip("?P<") && !Skip("?<")) return false;
        var close = _pattern.IndexOf('>', _at);
        // `(?<=` and `(?<!` look behind.
        if (close < 0 || _pattern[_at] is '=' or '!') return false;
        _at = close + 1;
        return true;
    }

    // `(.+?)` or `.+?` in a group, then a literal or the end of the text: `(.+?)(?:</a>|$)`, `(.+?)</a>`.
    bool TryUntil(List<ByteNode> nodes)
    {
        var start = _at;
        if (_dotsAll && (Skip("(.+?)") || Skip("(.*?)")))
        {
            var least = _pattern[start + 2] == '+' ? 1 : 0;
            var orEnd = false;
            string? literal = null;
            if (Skip("(?:"))
            {
                literal = Plain("|");
                orEnd = literal is not null && Skip("|$)");
                if (!orEnd) literal = null;
            }
            else literal = Plain("(");
            if (literal is { Length: > 0 })
            {
                var group = ++_groups;
                nodes.Add(new ByteNode { Kind = ByteNodeKind.Open, Group = group });
                nodes.Add(new ByteNode { Kind = ByteNodeKind.Until, Text = Encoding.UTF8.GetBytes(literal), Least = least, OrEnd = orEnd, Group = group });
                return true;
            }
        }
        _at = start;
        return false;
    }

    // Literal characters up to one of the ends, which stays, or the end of the expression; null where there is something else.
    string? Plain(string ends)
    {
        var text = new StringBuilder();
        while (!IsAtEnd && !ends.Contains(Current, StringComparison.Ordinal))
        {
            if (Character() is not { } character || (!IsAtEnd && Current is '+' or '*' or '?' or '{')) return null;
            text.Append(character);
        }
        return text.ToString();
    }

    // `a|b|c)`: literals of which none begins another.
    ByteNode[]? Alternatives()
    {
        var start = _at;
        var texts = new List<byte[]>();
        while (true)
        {
            if (Plain("|)") is not { Length: > 0 } text) break;
            texts.Add(Encoding.UTF8.GetBytes(text));
            if (Skip("|")) continue;
            if (texts.Count < 2 || IsAtEnd) break;
            if (texts.Exists(one => texts.Exists(other => !ReferenceEquals(one, other) && other.AsSpan().StartsWith(one)))) break;
            return [new ByteNode { Kind = ByteNodeKind.OneOf, Texts = texts }];
        }
        _at = start;
        return null;
    }

    bool One(List<ByteNode> nodes)
    {
        bool[]? set;
        if (Current == '[') set = Class();
        else if (Current == '.')
        {
            _at++;
            set = Table("", true);
            set['\n'] = _dotsAll;
        }
        else set = ClassEscape();
        byte[]? text = null;
        if (set is null)
        {
            if (Current == '[' || Character() is not { } character) return false;
            text = Encoding.UTF8.GetBytes([character]);
        }
        var (least, most, isLazy) = Quantifier();
        if (most == 0) return false;
        if (least == 1 && most == 1 && text is not null)
        {
            nodes.Add(new ByteNode { Kind = ByteNodeKind.Literal, Text = text });
            return true;
        }
        if (text is { Length: > 1 }) return false;
        set ??= Table(((char)text![0]).ToString(), false);
        nodes.Add(new ByteNode { Kind = ByteNodeKind.Run, Set = set, Least = least, Most = most, IsLazy = isLazy });
        return true;
    }

    // A most of 0 is a quantifier that is not known.
    (int Least, int Most, bool IsLazy) Quantifier()
    {
        if (IsAtEnd || Current is not ('+' or '*' or '?' or '{')) return (1, 1, false);
        if (Current == '{') return (0, 0, false);
        var (least, most) = Current switch { '+' => (1, int.MaxValue), '*' => (0, int.MaxValue), _ => (0, 1) };
        _at++;
        var isLazy = Skip("?");
        if (!isLazy) Skip("+");
        return (least, most, isLazy);
    }

    bool[]? ClassEscape()
    {
        if (Current != '\\' || _at + 1 == _pattern.Length) return null;
        var set = _pattern[_at + 1] switch
        {
            'w' => Table(Words, false),
            'W' => Table(Words, true),
            'd' => Table(Digits, false),
            'D' => Table(Digits, true),
            's' => Table(Spaces, false),
            'S' => Table(Spaces, true),
            _ => null,
        };
        if (set is not null) _at += 2;
        return set;
    }

    bool[]? Class()
    {
        _at++;
        var isNegated = Skip("^");
        var set = new bool[256];
        var isFirst = true;
        while (true)
        {
            if (IsAtEnd || (Current == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] is ':' or '.' or '=')) return null;
            if (Current == ']' && !isFirst) break;
            isFirst = false;
            if (ClassEscape() is { } escape)
            {
                if (escape[0x80]) return null;
                for (var i = 0; i < 256; i++) set[i] |= escape[i];
                continue;
            }
            if (ClassCharacter() is not { } from) return null;
            var to = from;
            if (_at + 1 < _pattern.Length && Current == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                if (ClassCharacter() is not { } end || end < from) return null;
                to = end;
            }
            for (var i = from; i <= to; i++) set[i] = true;
        }
        _at++;
        if (isNegated)
            for (var i = 0; i < 256; i++) set[i] = !set[i];
        return set;
    }

    // Within a class only the backslash is special, and only ASCII is known.
    char? ClassCharacter()
    {
        if (Current == '\\') return Escape();
        return Current < 0x80 ? _pattern[_at++] : null;
    }

    char? Character()
    {
        if (Current == '\\') return Escape();
        if ("^$.|?*+()[{".Contains(Current, StringComparison.Ordinal) || char.IsSurrogate(Current)) return null;
        return _pattern[_at++];
    }

    char? Escape()
    {
        if (_at + 1 == _pattern.Length) return null;
        var escaped = _pattern[_at + 1];
        char? character = escaped switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ when char.IsAscii(escaped) && !char.IsAsciiLetterOrDigit(escaped) => escaped,
            _ => null,
        };
        if (character is not null) _at += 2;
        return character;
    }

    static bool[] Table(string characters, bool isNegated)
    {
        var set = new bool[256];
        if (isNegated) Array.Fill(set, true);
        foreach (var character in characters) set[character] = !isNegated;
        return set;
    }

    // Neighbouring literals are one.
    static ByteNode[] Joined(List<ByteNode> nodes)
    {
        var joined = new List<ByteNode>();
        foreach (var node in nodes)
        {
            if (node.Kind == ByteNodeKind.Literal && joined is [.., { Kind: ByteNodeKind.Literal } last]) joined[^1] = new ByteNode { Kind = ByteNodeKind.Literal, Text = [.. last.Text, .. node.Text] };
            else joined.Add(node);
        }
        return [.. joined];
    }
}
