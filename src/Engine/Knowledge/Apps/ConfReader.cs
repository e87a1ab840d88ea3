using System.Text;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>Lines of a .conf file that belong to one stanza: a part of its text, and the number of the first of them.</summary>
sealed record ConfLines(string Text, string File, int Start, int End, int Line)
{
    /// <summary>The settings in order; what is none was told when the file was read.</summary>
    internal IEnumerable<ConfSetting> Settings()
    {
        var found = new List<ConfSetting>();
        var reader = new ConfReader(Text, Start, End, Line);
        while (reader.Next())
        {
            var value = reader.SpansLines ? reader.Whole() : reader.Line.ToString();
            var equals = value.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) found.Add(new ConfSetting(value[..equals].Trim(), value[(equals + 1)..].Trim(), File, reader.Number));
        }
        return found;
    }
}

/// <summary>
/// Goes through the lines of a .conf file that say something: heads of stanzas and settings, without blanks around them. A backslash at the very end of a setting's line goes on with the next; the
/// line break stays in the value.
/// </summary>
ref struct ConfReader(string text, int start, int end, int line)
{
    int _number = line;

    internal ConfReader(string text)
        : this(text, text.StartsWith('\uFEFF') ? 1 : 0, text.Length, 1)
    {
    }

    /// <summary>The line, or the first of several.</summary>
    internal ReadOnlySpan<char> Line { get; private set; }

    /// <summary>Its number in the file, from 1 on.</summary>
    internal int Number { get; private set; }

    /// <summary>Where it begins in the text.</summary>
    internal int Start { get; private set; }

    /// <summary>Where what follows begins.</summary>
    internal int End { get; private set; } = start;

    /// <summary>It goes on with lines beneath.</summary>
    internal bool SpansLines { get; private set; }

    /// <summary>Goes to the next; false at the end.</summary>
    internal bool Next()
    {
        while (End < end)
        {
            (Start, Number) = (End, _number);
            Line = Take().Trim();
            SpansLines = false;
            if (Line.IsEmpty || Line[0] == '#') continue;
            if (Line[0] != '[' && Line[^1] == '\\')
            {
                SpansLines = true;
                while (End < end && Take().TrimEnd() is [.., '\\'])
                {
                }
            }
            return true;
        }
        return false;
    }

    /// <summary>All lines of the setting as one text.</summary>
    internal readonly string Whole()
    {
        var value = new StringBuilder(End - Start);
        var lines = text.AsSpan(Start, End - Start);
        foreach (var line in lines.Split('\n'))
        {
            var plain = lines[line].TrimEnd();
            if (plain is not [.. var rest, '\\']) return value.Append(plain).ToString();
            value.Append(rest).Append('\n');
        }
        return value.ToString();
    }

    ReadOnlySpan<char> Take()
    {
        var rest = text.AsSpan(End, end - End);
        var length = rest.IndexOf('\n');
        _number++;
        End += length < 0 ? rest.Length : length + 1;
        return length < 0 ? rest : rest[..length];
    }
}
