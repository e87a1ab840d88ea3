namespace Karst.Engine.Plans;

/// <summary>Field-name patterns, in which `*` stands for any run of characters.</summary>
public static class Wildcard
{
    /// <summary>The whole name matches the pattern; case counts.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    /// <summary>The texts that the stars of the pattern stand for (as short as possible from the left), or null when it does not match.</summary>
    public static string[]? Capture(string pattern, string name)
    {
        if (!Matches(pattern, name)) return null;
        var parts = pattern.Split('*');
        var captured = new string[parts.Length - 1];
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            var next = last ? name.Length - parts[i].Length : name.IndexOf(parts[i], at, StringComparison.Ordinal);
            captured[i - 1] = name[at..next];
            at = next + parts[i].Length;
        }
        return captured;
    }
}
