using System.Text;

namespace Karst.Engine.Commands;

/// <summary>A search with `$field$` where values of a row shall stand.</summary>
public sealed class MapTemplate
{
    static readonly HashSet<string> s_operators = new(["AND", "OR", "NOT", "IN", "XOR"], StringComparer.OrdinalIgnoreCase);

    // Texts and names by turns: what stands at an odd place is the name of a field.
    readonly List<string> _parts = [];
    readonly List<bool> _isQuoted = [];

    /// <summary>Reads the names; a single `$` is an ordinary character.</summary>
    public MapTemplate(string text)
    {
        Text = text;
        var start = 0;
        for (var open = text.IndexOf('$', StringComparison.Ordinal); open >= 0; open = text.IndexOf('$', open))
        {
            var close = text.IndexOf('$', open + 1);
            if (close < 0) break;
            if (!IsName(text.AsSpan(open + 1, close - open - 1)))
            {
                open = close;
                continue;
            }
            _parts.Add(text[start..open]);
            _isQuoted.Add(EndsWithinQuotes(_parts[^1], _isQuoted.Count > 0 && _isQuoted[^1]));
            _parts.Add(text[(open + 1)..close]);
            start = open = close + 1;
        }
        _parts.Add(text[start..]);
    }

    /// <summary>The search as it was written.</summary>
    public string Text { get; }

    /// <summary>The fields that it names.</summary>
    public IEnumerable<string> Fields => _parts.Where((_, place) => place % 2 == 1).Where(name => name != "_serial_id_").Distinct();

    /// <summary>
    /// The search with a value for each name. A plain word stands as it is, everything else between quotes, so that no value of a log becomes a
    /// command; within quotes of the search itself it needs none of its own.
    /// </summary>
    public string Fill(Func<string, string> value)
    {
        var text = new StringBuilder(_parts[0]);
        for (var place = 1; place < _parts.Count; place += 2)
        {
            var isQuoted = _isQuoted[place / 2];
            var filled = value(_parts[place]);
            if (isQuoted || !IsWord(filled)) filled = filled.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            text.Append(isQuoted || IsWord(filled) ? filled : $"\"{filled}\"").Append(_parts[place + 1]);
        }
        return text.ToString();
    }

    static bool IsWord(string value) =>
        value.Length > 0
        && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-')
        && !s_operators.Contains(value);

    static bool EndsWithinQuotes(string text, bool within)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') within = !within;
        }
        return within;
    }

    static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return false;
        foreach (var letter in text)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '.' or ':' or '-' or '{' or '}')) return false;
        return true;
    }
}
