using System.Text;
using Karst.Engine.Knowledge.Automatic;

namespace Karst.Engine.Commands;

/// <summary>Pairs of names and values as they are found in a text by themselves.</summary>
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
}
