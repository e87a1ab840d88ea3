using System.Text;
using Karst.Engine.Knowledge.Automatic;

namespace Karst.Engine.Commands;

/// <summary>Pairs of names and values in a text.</summary>
static class PairText
{
    /// <summary>Pairs as they are found in events by themselves: `key=value`, `key="value"`.</summary>
    internal static List<(string Key, string Value)> Automatic(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<(string, string)>();
        var pairs = new KeyValueText(bytes);
        while (pairs.Next())
        {
            var value = bytes.AsSpan(pairs.ValueStart, pairs.ValueLength);
            found.Add((Encoding.UTF8.GetString(pairs.Key), pairs.IsEscaped ? KeyValueText.Unescape(value).ToString() : Encoding.UTF8.GetString(value)));
        }
        return found;
    }

    /// <summary>Pairs parted by any of some characters, names from values by any of others; between double quotes neither counts.</summary>
    internal static IEnumerable<(string Key, string Value)> Delimited(string text, string pairs, string keys)
    {
        var start = 0;
        var within = false;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == '"') within = !within;
            if (at < text.Length && (within || !pairs.Contains(text[at], StringComparison.Ordinal))) continue;
            if (Pair(text[start..at], keys) is { } pair) yield return pair;
            start = at + 1;
        }
    }

    static (string Key, string Value)? Pair(string part, string keys)
    {
        var at = part.AsSpan().IndexOfAny(keys);
        if (at <= 0) return null;
        var value = part[(at + 1)..].Trim();
        if (value is ['"', .., '"'] && value.Length > 1) value = value[1..^1];
        return value.Length == 0 ? null : (part[..at].Trim().Trim('"'), value);
    }
}
