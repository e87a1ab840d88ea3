using System.Text;

namespace Karst.Rules.Yaml;

/// <summary>
/// The part of YAML that rules are mostly written in: block mappings and lists, texts with and without quotes, literal and folded blocks. It takes half of
/// the library's time and a quarter of its memory; the library reads all else: whatever is not certain here, or may be wrong, gives null. The two agree in every value and place (PlainYamlTests).
/// </summary>
sealed class PlainYaml
{
    // Longer and deeper documents are the library's, with its limits.
    const int MostCharacters = 200_000;
    const int MostLevels = 20;

    readonly string _text;
    readonly StringBuilder _value = new();
    // The line that comes next: where it begins, its first character that is no blank, and where it ends. Blank lines are passed over.
    int _line = 1;
    int _start;
    int _first;
    int _end;

    PlainYaml(string text) => _text = text;

    /// <summary>The only document of the text; null where the library has to read it.</summary>
    internal static YamlNode? Read(string text)
    {
        if (text.Length > MostCharacters || !HasOnlyPlainCharacters(text)) return null;
        var reader = new PlainYaml(text);
        reader.LookAt(0);
        if (reader.IsAtEnd || reader.Indent != 0) return null;
        var root = reader.ReadMap(0, 0);
        return reader.IsAtEnd ? root : null;
    }

    // Line feeds end lines, and nothing else is a break, a tab or a mark.
    static bool HasOnlyPlainCharacters(string text)
    {
        foreach (var one in text)
            if (one is (< ' ' and not '\n') or '\u007f' or (>= '\u0080' and < '\u00a0') or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' || char.IsSurrogate(one)) return false;
        return true;
    }

    bool IsAtEnd => _start >= _text.Length;

    int Indent => _first - _start;

    // The line at or behind a place where a line begins that is not blank.
    void LookAt(int start)
    {
        for (_start = start; _start < _text.Length; _start = _end + 1, _line++)
        {
            _end = _text.IndexOf('\n', _start);
            if (_end < 0) _end = _text.Length;
            _first = _start;
            while (_first < _end && _text[_first] == ' ') _first++;
            if (_first < _end) return;
        }
        _first = _end = _start = _text.Length;
    }

    void NextLine()
    {
        _line++;
        LookAt(_end + 1);
    }

    FilePlace PlaceAt(int at) => new(_line, at - _start + 1);

    // A mapping whose keys stand in a column; the first stands at that column of the current line, be it behind the `- ` of a list.
    YamlNode? ReadMap(int column, int level)
    {
        if (level > MostLevels) return null;
        var map = new YamlMap(PlaceAt(_start + column));
        do
        {
            var from = _start + column;
            var colon = KeyEnd(from);
            if (colon < 0) return null;
            var key = KnownTexts.Of(_text.AsSpan(from, colon - from));
            var at = PlaceAt(from);
            if (ReadValue(colon + 1, column, level, mayStandBelow: true) is not { } value || !map.TryAdd(key, at, value)) return null;
        }
        while (!IsAtEnd && Indent == column && !IsItem);
        return IsAtEnd || Indent < column ? map : null;
    }

    // A list whose dashes stand in a column.
    YamlNode? ReadList(int column, int level)
    {
        if (level > MostLevels) return null;
        var list = new YamlList(PlaceAt(_first));
        do
        {
            var from = _first + 1;
            while (from < _end && _text[from] == ' ') from++;
            if (from == _end) return null;
            var item = KeyEnd(from) >= 0 ? ReadMap(from - _start, level + 1) : ReadValue(_first + 1, column, level, mayStandBelow: false);
            if (item is null) return null;
            list.Items.Add(item);
        }
        while (!IsAtEnd && Indent == column && IsItem);
        return IsAtEnd || Indent <= column ? list : null;
    }

    bool IsItem => _text[_first] == '-' && (_first + 1 == _end || _text[_first + 1] == ' ');

    // The colon behind a key without quotes that begins there; -1 where there is none that is certain.
    int KeyEnd(int from)
    {
        if (!char.IsAsciiLetter(_text[from]) && _text[from] != '_') return -1;
        var at = from;
        while (at < _end && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '_' or '-' or '.' or '/')) at++;
        return at < _end && _text[at] == ':' && (at + 1 == _end || _text[at + 1] == ' ') ? at : -1;
    }

    // The value behind a key's colon or an item's dash, whose column is given; then the next line is current.
    YamlNode? ReadValue(int behind, int column, int level, bool mayStandBelow)
    {
        var from = behind;
        while (from < _end && _text[from] == ' ') from++;
        if (from == _end) return mayStandBelow ? ReadBelow(behind, column, level) : null;
        var at = PlaceAt(from);
        var rest = _text.AsSpan(from, _end - from).TrimEnd(' ');
        switch (_text[from])
        {
            case '\'':
                return ReadQuoted(from, column, '\'') is { } quoted ? new YamlScalar(quoted, false, from, at) : null;
            case '"':
                return ReadQuoted(from, column, '"') is { } text ? new YamlScalar(text, false, from, at) : null;
            case '|' or '>':
                return ReadBlock(rest, column, _text[from] == '>') is { } block ? new YamlScalar(block, false, from, at) : null;
            case '[' when rest is "[]":
                NextLine();
                return new YamlList(at);
            case '{' when rest is "{}":
                NextLine();
                return new YamlMap(at);
            default:
                return ReadPlain(from, column) is { } plain ? new YamlScalar(plain, true, from, at) : null;
        }
    }

    YamlNode? ReadBelow(int behind, int column, int level)
    {
        var at = PlaceAt(behind);
        NextLine();
        if (!IsAtEnd && Indent >= column && IsItem) return ReadList(Indent, level + 1);
        if (!IsAtEnd && Indent > column) return KeyEnd(_first) >= 0 ? ReadMap(Indent, level + 1) : ReadValue(_first, column, level, mayStandBelow: false);
        return new YamlScalar("", true, behind, at);
    }

    // Lines further in than the key go on with a text: they are joined by a blank, or by as many breaks as there are blank lines between.
    string? ReadPlain(int from, int column)
    {
        var opens = _text[from] == '-' && from + 1 < _end ? _text[from + 1] : _text[from];
        if (opens is not ('_' or '/' or '(' or '<' or '$' or '.' or '\\' or '=' or '~' or '+' or ';') && !char.IsAsciiLetterOrDigit(opens)) return null;
        if (PlainLine(from) is not { Length: > 0 } first) return null;
        var line = _line;
        NextLine();
        if (IsAtEnd || Indent <= column) return KnownTexts.Of(first);
        _value.Clear().Append(first);
        while (!IsAtEnd && Indent > column)
        {
            if (IsItem || PlainLine(_first) is not { Length: > 0 } next) return null;
            Join(_line - line);
            _value.Append(next);
            line = _line;
            NextLine();
        }
        return _value.ToString();
    }

    // What of a line belongs to a text without quotes; empty where a comment or a key may stand in it.
    ReadOnlySpan<char> PlainLine(int from)
    {
        var line = _text.AsSpan(from, _end - from).TrimEnd(' ');
        return line[0] is '#' or '?' or ':' || line[^1] == ':' || line.Contains(": ", StringComparison.Ordinal) || line.Contains(" #", StringComparison.Ordinal)
            || line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal) ? default : line;
    }

    void Join(int lines)
    {
        if (lines == 1) _value.Append(' ');
        else _value.Append('\n', lines - 1);
    }

    // As a text without quotes, to the closing quote; blanks stay but for those around breaks. A backslash between double quotes is not certain.
    string? ReadQuoted(int from, int column, char quote)
    {
        _value.Clear();
        var at = from + 1;
        while (true)
        {
            var stop = at;
            while (stop < _end && _text[stop] != quote && (quote == '\'' || _text[stop] != '\\')) stop++;
            if (stop < _end && _text[stop] == '\\') return null;
            if (stop < _end && stop + 1 < _end && quote == '\'' && _text[stop + 1] == quote)
            {
                _value.Append(_text, at, stop + 1 - at);
                at = stop + 2;
                continue;
            }
            if (stop < _end)
            {
                _value.Append(_text, at, stop - at);
                if (!_text.AsSpan(stop + 1, _end - stop - 1).IsWhiteSpace()) return null;
                NextLine();
                return IsAtEnd || Indent <= column ? _value.ToString() : null;
            }
            _value.Append(_text.AsSpan(at, _end - at).TrimEnd(' '));
            var line = _line;
            NextLine();
            if (IsAtEnd || Indent <= column) return null;
            Join(_line - line);
            at = _first;
        }
    }

    // The lines behind `|` or `>` that are further in than the key, from the column of the first on. The last breaks stay as the header says.
    string? ReadBlock(ReadOnlySpan<char> header, int column, bool isFolded)
    {
        if (header is not ("|" or "|-" or "|+" or ">" or ">-" or ">+") || _text[_end - 1] == ' ') return null;
        _value.Clear();
        var behind = _end + 1;
        NextLine();
        // Blank lines before the first, and their own blanks, are the library's.
        if (IsAtEnd || Indent <= column || _start != behind) return null;
        var indent = Indent;
        var breaks = 0;
        for (var isFirst = true; ; isFirst = false)
        {
            if (isFolded && _text[_start + indent] == ' ') return null;
            if (!isFirst && isFolded && breaks == 1) _value.Append(' ');
            else if (!isFirst) _value.Append('\n', isFolded ? breaks - 1 : breaks);
            _value.Append(_text, _start + indent, _end - _start - indent);
            if (_end == _text.Length) return null;
            var (line, end) = (_line, _end);
            NextLine();
            // A line of nothing but blanks beyond the column has a text, and one before the column is no part of it.
            if (!AreEmpty(end + 1, IsAtEnd ? _text.Length : _start)) return null;
            breaks = IsAtEnd ? LinesTo(end) : _line - line;
            if (IsAtEnd || Indent <= column) break;
            if (Indent < indent) return null;
        }
        if (!IsAtEnd && _text[_first] == '#') return null;
        _value.Append('\n', header.Length == 1 ? 1 : header[1] == '+' ? breaks : 0);
        return _value.ToString();
    }

    bool AreEmpty(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (_text[i] != '\n') return false;
        return true;
    }

    int LinesTo(int from)
    {
        var lines = 0;
        for (var i = from; i < _text.Length; i++)
            if (_text[i] == '\n') lines++;
        return lines;
    }
}
