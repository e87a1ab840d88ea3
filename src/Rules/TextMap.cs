namespace Karst.Rules;

/// <summary>
/// The way from a position in a YAML scalar's value to line and column in its file. Text is exact in every style; blanks at which a
/// folded scalar was broken are those around the break.
/// </summary>
public sealed class TextMap
{
    readonly string _source;
    // Most maps are never asked: those of scalars are made when they are.
    readonly (int Start, string Value) _scalar;
    int[]? _places;

    TextMap(string source, int[]? places, (int, string) scalar = default)
    {
        _source = source;
        _places = places;
        _scalar = scalar;
    }

    /// <summary>A text that stands in no file: line and column within itself.</summary>
    public static TextMap Of(string text) => new(text, [.. Enumerable.Range(0, text.Length + 1)]);

    /// <summary>Lays a scalar's value beside its source, which begins at <paramref name="start"/>.</summary>
    internal static TextMap Align(string source, int start, string value) => new(source, null, (start, value));

    static int[] Aligned(string source, int start, string value)
    {
        var at = Math.Clamp(start, 0, source.Length);
        var style = at < source.Length ? source[at] : ' ';
        if (style is '|' or '>')
            while (at < source.Length && source[at] != '\n') at++;
        else if (style is '"' or '\'') at++;
        var places = new int[value.Length + 1];
        for (var i = 0; i < value.Length;)
        {
            if (style == '"' && At(source, at) == '\\' && IsBreak(At(source, at + 1)))
            {
                at = SkipBlanks(source, at + 1);
                continue;
            }
            var run = at;
            at = SkipBlanks(source, at);
            if (char.IsWhiteSpace(value[i]) && at > run)
            {
                var end = i;
                while (end < value.Length && char.IsWhiteSpace(value[end])) end++;
                for (var j = i; j < end; j++) places[j] = j == i ? run : Math.Max(run, at - (end - j));
                i = end;
                continue;
            }
            places[i++] = at;
            if (style == '"' && At(source, at) == '\\') at += EscapeLength(At(source, at + 1));
            else if (style == '\'' && At(source, at) == '\'' && At(source, at + 1) == '\'') at += 2;
            else at++;
        }
        places[value.Length] = value.Length == 0 ? at : Math.Min(at, source.Length);
        return places;
    }

    /// <summary>
    /// Lays the value of a `name = value` of a .conf file beside its source; <paramref name="line"/> is that of the name, from 1. A backslash at a line's end goes on with the next line, and the
    /// break stays in the value.
    /// </summary>
    public static TextMap OfSetting(string source, int line, string value)
    {
        var at = 0;
        for (var i = 1; i < line; i++) at = NextLine(source, at);
        while (at < source.Length && source[at] != '=') at++;
        at++;
        while (at < source.Length && (char.IsWhiteSpace(source[at]) || (source[at] == '\\' && source.AsSpan(at + 1).TrimStart(" \t\r") is ['\n', ..]))) at++;
        var places = new int[value.Length + 1];
        for (var i = 0; i < value.Length; i++)
        {
            places[i] = at;
            at = value[i] == '\n' ? NextLine(source, at) : at + 1;
        }
        places[value.Length] = at;
        return new TextMap(source, places);
    }

    static int NextLine(string source, int at) => source.IndexOf('\n', Math.Min(at, source.Length)) is >= 0 and var end ? end + 1 : source.Length;

    /// <summary>The whole text that the scalar stands in.</summary>
    public string Source => _source;

    /// <summary>Where a position stands in <see cref="Source"/>; positions beyond the end are the end.</summary>
    public int Offset(int position)
    {
        var places = _places ??= Aligned(_source, _scalar.Start, _scalar.Value);
        return Math.Min(places[Math.Clamp(position, 0, places.Length - 1)], _source.Length);
    }

    /// <summary>Line and column of a position; positions beyond the end are the end.</summary>
    public FilePlace Place(int position)
    {
        var offset = Offset(position);
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (_source[i] != '\n') continue;
            line++;
            lineStart = i + 1;
        }
        return new FilePlace(line, offset - lineStart + 1);
    }

    static char At(string text, int index) => index < text.Length ? text[index] : '\0';

    static bool IsBreak(char character) => character is '\n' or '\r';

    static int SkipBlanks(string source, int at)
    {
        while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        return at;
    }

    static int EscapeLength(char kind) => kind switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
}
