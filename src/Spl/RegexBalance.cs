namespace Karst.Spl;

/// <summary>Finds groups and character classes of a regular expression that are not closed; compiling it is the engine's matter.</summary>
static class RegexBalance
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(ReadOnlySpan<char> pattern)
    {
        var depth = 0;
        for (var index = 0; index < pattern.Length; index++)
        {
            switch (pattern[index])
            {
                case '\\' when index + 1 < pattern.Length && pattern[index + 1] == 'Q':
                    var quoted = pattern[index..].IndexOf("\\E");
                    if (quoted < 0) return depth > 0 ? "`(` is not closed" : null;
                    index += quoted + 1;
                    break;
                case '\\': index++; break;
                case '[':
                    index = SkipClass(pattern, index);
                    if (index < 0) return "`[` is not closed";
                    break;
                case '(' when pattern[index..].StartsWith("(?#"):
                    var close = pattern[index..].IndexOf(')');
                    if (close < 0) return "`(?#` is not closed";
                    index += close;
                    break;
                case '(': depth++; break;
                case ')' when --depth < 0: return "`)` closes nothing";
            }
        }
        return depth > 0 ? "`(` is not closed" : null;
    }

    // In a class, `]` is itself where it comes first, and [:alpha:] is one item.
    static int SkipClass(ReadOnlySpan<char> pattern, int start)
    {
        var index = start + 1;
        var named = true;
        if (index < pattern.Length && pattern[index] == '^') index++;
        if (index < pattern.Length && pattern[index] == ']') index++;
        for (; index < pattern.Length; index++)
        {
            if (pattern[index] == ']') return index;
            if (pattern[index] == '\\') index++;
            else if (pattern[index] == '[' && index + 1 < pattern.Length && pattern[index + 1] == ':' && named)
            {
                var end = pattern[(index + 2)..].IndexOf(":]");
                named = end >= 0;
                if (named) index += end + 3;
            }
        }
        return -1;
    }
}
