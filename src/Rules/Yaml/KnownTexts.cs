namespace Karst.Rules.Yaml;

/// <summary>Short texts that come again and again in rules (keys, products, kinds), each once in memory.</summary>
static class KnownTexts
{
    const int Longest = 40;
    const int MostTexts = 4_096;

    [ThreadStatic]
    static HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? t_known;

    /// <summary>The text; the same one each time, as far as there is room.</summary>
    internal static string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest) return text.ToString();
        var known = t_known ??= new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var same)) return same;
        var made = text.ToString();
        if (known.Set.Count < MostTexts) known.Set.Add(made);
        return made;
    }
}
