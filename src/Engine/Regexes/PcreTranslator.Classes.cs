using System.Text;

namespace Karst.Engine.Regexes;

sealed partial class PcreTranslator
{
    // The characters of a class beyond U+FFFF, which .NET's classes cannot hold, become alternatives beside it.
    void Class()
    {
        _at++;
        var negated = !AtEnd && Current == '^';
        if (negated) _at++;
        var set = new StringBuilder();
        var wide = new List<string>();
        var first = true;
        while (true)
        {
            if (AtEnd) throw new PcreException("a `[` is not closed", false);
            if (Current == ']' && !first) break;
            first = false;
            Item(set, wide);
        }
        _at++;
        if (wide.Count == 0)
        {
            if (set.Length == 0) throw new PcreException("a class is empty", false);
            _out.Append(negated ? "[^" : "[").Append(set).Append(']');
            return;
        }
        if (negated) throw new PcreException("a negated class with a character beyond U+FFFF", true);
        _out.Append("(?:").AppendJoin('|', wide);
        if (set.Length > 0) _out.Append("|[").Append(set).Append(']');
        _out.Append(')');
    }

    void Item(StringBuilder set, List<string> wide)
    {
        if (Looking("[:") && _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is var close and > 0
            && _pattern[(_at + 2)..close] is var name && name.All(c => char.IsAsciiLetter(c) || c == '^'))
        {
            _at = close + 2;
            set.Append(Posix(name));
            return;
        }
        if (Looking("\\Q"))
        {
            var end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
            var text = end < 0 ? throw new PcreException("a `[` is not closed", false) : _pattern[(_at + 2)..end];
            _at = end + 2;
            foreach (var c in text) Literal(set, c);
            return;
        }
        if (Looking("\\E"))
        {
            _at += 2;
            return;
        }
        if (Current == '\\' && _at + 1 < _pattern.Length)
        {
            if (TryClassEscape(out var escape, out var negated))
            {
                set.Append(negated ? Complement(escape) : escape);
                return;
            }
            if (TryProperty(out var property))
            {
                set.Append(property);
                return;
            }
        }
        var from = Character();
        if (!IsRange())
        {
            if (from > 0xFFFF) wide.Add(char.ConvertFromUtf32(from));
            else Literal(set, (char)from);
            return;
        }
        _at++;
        var to = Character();
        if (to < from) throw new PcreException("a range of a class runs backwards", false);
        if (to > 0xFFFF)
        {
            // Up to the last character there is: every half of a pair is in it too.
            if (to != 0x10FFFF || from > 0xD7FF) throw new PcreException("a range beyond U+FFFF", true);
            to = 0xFFFF;
        }
        Literal(set, (char)from);
        set.Append('-');
        Literal(set, (char)to);
    }

    bool IsRange() =>
        !AtEnd && Current == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']'
        && !(_pattern[_at + 1] == '\\' && _at + 2 < _pattern.Length && "dDwWsShHvVpP".Contains(_pattern[_at + 2], StringComparison.Ordinal))
        && string.CompareOrdinal(_pattern, _at + 1, "[:", 0, 2) != 0;

    int Character()
    {
        var c = Current;
        if (c == '\\' && _at + 1 < _pattern.Length)
        {
            if (_pattern[_at + 1] != 'b') return CharacterEscape();
            _at += 2;
            return 8;
        }
        _at++;
        return char.IsHighSurrogate(c) && !AtEnd ? char.ConvertToUtf32(c, _pattern[_at++]) : c;
    }

    static string Complement(string set) => set switch
    {
        Digits => @"\u0000-/:-\uFFFF",
        Words => @"\u0000-/:-@\[-\^`\{-\uFFFF",
        Spaces => @"\u0000-\u0008\u000E-\u001F!-\uFFFF",
        Horizontal => @"\u0000-\u0008\n-\u001F!-\u009F\u00A1-\u167F\u1681-\u180D\u180F-\u1FFF\u200B-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFFFF",
        _ => @"\u0000-\u0009\u000E-\u0084\u0086-\u2027\u202A-\uFFFF",
    };

    static string Posix(string name)
    {
        var negated = name.StartsWith('^');
        return ((negated ? name[1..] : name), negated) switch
        {
            ("alpha", false) => "a-zA-Z",
            ("alpha", true) => @"\u0000-@\[-`\{-\uFFFF",
            ("digit", false) => Digits,
            ("digit", true) => Complement(Digits),
            ("alnum", false) => "a-zA-Z0-9",
            ("alnum", true) => @"\u0000-/:-@\[-`\{-\uFFFF",
            ("upper", false) => "A-Z",
            ("upper", true) => @"\u0000-@\[-\uFFFF",
            ("lower", false) => "a-z",
            ("lower", true) => @"\u0000-`\{-\uFFFF",
            ("space", false) => Spaces,
            ("space", true) => Complement(Spaces),
            ("blank", false) => @"\t ",
            ("blank", true) => @"\u0000-\u0008\n-\u001F!-\uFFFF",
            ("punct", false) => @"!-/:-@\[-`\{-~",
            ("punct", true) => @"\u0000- 0-9A-Za-z\u007F-\uFFFF",
            ("xdigit", false) => "0-9a-fA-F",
            ("xdigit", true) => @"\u0000-/:-@G-`g-\uFFFF",
            ("word", false) => Words,
            ("word", true) => Complement(Words),
            ("cntrl", false) => @"\u0000-\u001F\u007F",
            ("cntrl", true) => @" -~\u0080-\uFFFF",
            ("print", false) => " -~",
            ("print", true) => @"\u0000-\u001F\u007F-\uFFFF",
            ("graph", false) => "!-~",
            ("graph", true) => @"\u0000- \u007F-\uFFFF",
            ("ascii", false) => @"\u0000-\u007F",
            ("ascii", true) => @"\u0080-\uFFFF",
            _ => throw new PcreException($"there is no class `[:{name}:]`", false),
        };
    }
}
