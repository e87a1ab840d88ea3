namespace Karst.Spl;

/// <summary>Reads macro calls between backticks.</summary>
static class MacroReader
{
    /// <summary>The call whose opening backtick stands at <paramref name="start"/>, or null if that is no call that ends before <paramref name="end"/>.</summary>
    public static MacroCall? Read(string text, int start, int end)
    {
        var index = start + 1;
        while (index < end && IsNameCharacter(text[index])) index++;
        if (index == start + 1 || index >= end) return null;
        var name = text[(start + 1)..index];
        while (index < end && char.IsWhiteSpace(text[index])) index++;
        if (index >= end) return null;
        if (text[index] == '`') return new MacroCall(name, [], Span.FromBounds(start, index + 1));
        if (text[index] != '(') return null;
        var arguments = new List<string>();
        var close = ReadArguments(text, index, end, arguments);
        if (close < 0) return null;
        index = close + 1;
        while (index < end && char.IsWhiteSpace(text[index])) index++;
        if (index >= end || text[index] != '`') return null;
        return new MacroCall(name, arguments, Span.FromBounds(start, index + 1));
    }

    // Commas part the arguments, but not within quotes or inner parentheses.
    static int ReadArguments(string text, int open, int end, List<string> arguments)
    {
        var depth = 0;
        var from = open + 1;
        for (var index = open; index < end; index++)
        {
            switch (text[index])
            {
                case '\\': index++; break;
                case '"':
                    index = Quoting.FindClose(text, index, end);
                    if (index < 0) return -1;
                    break;
                case '(': depth++; break;
                case ',' when depth == 1:
                    arguments.Add(text[from..index].Trim());
                    from = index + 1;
                    break;
                case ')' when --depth == 0:
                    var last = text[from..index].Trim();
                    if (arguments.Count > 0 || last.Length > 0) arguments.Add(last);
                    return index;
                case '`': return -1;
            }
        }
        return -1;
    }

    static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '$';
}
