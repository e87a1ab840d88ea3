using System.Globalization;

namespace Karst.Engine.Regexes;

sealed partial class PcreTranslator
{
    void Group()
    {
        var start = _out.Length;
        if (Looking("(*")) throw new PcreException("a verb `(*...)`", true);
        if (!Looking("(?"))
        {
            _at++;
            Capture(null);
        }
        else
        {
            _at += 2;
            if (AtEnd) throw new PcreException("a `(?` is not closed", false);
            if (!Special()) return;
        }
        Sequence(nested: true);
        _at++;
        _out.Append(')');
        _atom = start;
    }

    void Capture(string? name)
    {
        _groups++;
        if (name is not null)
        {
            if (_names.Exists(known => known.Name == name)) throw new PcreException($"two groups are named `{name}`", false);
            _names.Add((name, _groups));
        }
        _out.Append(CultureInfo.InvariantCulture, $"(?<{_groups}>");
        _atom = -1;
    }

    // What follows `(?`; false when it stands for itself, without a group to read.
    bool Special()
    {
        var extended = _extended;
        var start = _out.Length;
        _atom = -1;
        switch (Current)
        {
            case '#':
                while (!AtEnd && Current != ')') _at++;
                if (AtEnd) throw new PcreException("a comment is not closed", false);
                _at++;
                return false;
            case ':' or '>' or '=' or '!':
                _out.Append("(?").Append(Current);
                _at++;
                return true;
            case '|':
                throw new PcreException("a branch reset `(?|`", true);
            case '\'':
                Capture(Name('\''));
                return true;
            case '<':
                if (_at + 1 < _pattern.Length && _pattern[_at + 1] is '=' or '!')
                {
                    _out.Append("(?<").Append(_pattern[_at + 1]);
                    _at += 2;
                }
                else Capture(Name('>'));
                return true;
            case 'P':
                return Python();
            case '(':
                Condition();
                return true;
            case 'R' or '&' or '+' or (>= '0' and <= '9'):
                throw new PcreException("recursion", true);
            case 'C':
                throw new PcreException("a callout", true);
            default:
                var scoped = Flags();
                if (!scoped) return false;
                Sequence(nested: true);
                _extended = extended;
                _at++;
                _out.Append(')');
                _atom = start;
                return false;
        }
    }

    bool Python()
    {
        _at++;
        if (AtEnd) throw new PcreException("a `(?P` is not closed", false);
        if (Current == '<')
        {
            Capture(Name('>'));
            return true;
        }
        if (Current == '>') throw new PcreException("recursion", true);
        if (Current != '=') throw new PcreException($"`(?P{Current}` is not known", false);
        Start();
        Reference(Name(')'));
        return false;
    }

    string Name(char close)
    {
        var end = _pattern.IndexOf(close, _at + 1);
        if (end < 0) throw new PcreException("a group's name is not closed", false);
        var name = _pattern[(_at + 1)..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new PcreException($"a group's name has letters, digits and `_`, which `{name}` has not", false);
        _at = end + 1;
        return name;
    }

    // (?i) and (?i:...): true when a group follows.
    bool Flags()
    {
        var start = _out.Length;
        _out.Append("(?");
        var on = true;
        for (; !AtEnd && Current is not (')' or ':'); _at++)
        {
            switch (Current)
            {
                case '-':
                    on = false;
                    _out.Append('-');
                    break;
                case 'i' or 's' or 'm':
                    _out.Append(Current);
                    break;
                case 'x':
                    // Blanks and comments are taken out here, so .NET need not know.
                    _extended = on;
                    break;
                case 'J':
                    break;
                case 'U' or 'X':
                    throw new PcreException($"the flag `{Current}`", true);
                default:
                    throw new PcreException($"`(?{Current}` is not known", false);
            }
        }
        if (AtEnd) throw new PcreException("a `(?` is not closed", false);
        var scoped = Current == ':';
        _at++;
        if (scoped)
        {
            _out.Append(':');
            return true;
        }
        if (_out.ToString(start, _out.Length - start) is "(?" or "(?-") _out.Length = start;
        else _out.Append(')');
        return false;
    }

    void Condition()
    {
        if (_at + 1 < _pattern.Length && _pattern[_at + 1] == '?')
        {
            // (?(?=x)yes|no): the look-around is read as a group of its own.
            _out.Append("(?");
            Group();
            _atom = -1;
            return;
        }
        var end = _pattern.IndexOf(')', _at);
        if (end < 0) throw new PcreException("a condition is not closed", false);
        var name = _pattern[(_at + 1)..end].Trim('<', '>', '\'');
        _at = end + 1;
        _out.Append(CultureInfo.InvariantCulture, $"(?({NumberOf(name)})");
    }

    int NumberOf(string reference)
    {
        if (int.TryParse(reference, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            var absolute = number < 0 ? _groups + 1 + number : number;
            if (absolute <= 0 || absolute > _total) throw new PcreException($"there is no group {reference}", false);
            return absolute;
        }
        foreach (var (name, found) in _names)
            if (name == reference) return found;
        if (reference is "DEFINE" or "R" || reference.StartsWith("R&", StringComparison.Ordinal)) throw new PcreException("recursion", true);
        throw new PcreException($"there is no group `{reference}` before its use", false);
    }

    void Reference(string name) => _out.Append(CultureInfo.InvariantCulture, $"\\k<{NumberOf(name)}>");
}
