using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Finds the rows of a table whose match columns fit given texts, in the order of the file. Immutable; safe for several threads.</summary>
abstract class LookupIndex(Value[][] keys, LookupMatch[] types, bool caseSensitive)
{
    /// <summary>The match columns' cells.</summary>
    protected Value[][] Keys => keys;

    /// <summary>Texts are compared with case.</summary>
    protected bool CaseSensitive => caseSensitive;

    /// <summary>Adds the rows that fit, at most so many. <paramref name="inputs"/> are single values, one a match column.</summary>
    internal abstract void Find(ReadOnlySpan<Value> inputs, int most, List<int> rows, LookupScratch scratch);

    /// <summary>The best index for these match columns.</summary>
    internal static LookupIndex Create(Value[][] keys, LookupMatch[] types, bool caseSensitive, int rows)
    {
        if (Array.IndexOf(types, LookupMatch.Exact) >= 0) return new HashLookupIndex(keys, types, caseSensitive, rows);
        var cidr = Array.IndexOf(types, LookupMatch.Cidr);
        return cidr >= 0
            ? new CidrLookupIndex(keys, types, caseSensitive, rows, cidr)
            : new WildcardLookupIndex(keys, types, caseSensitive, rows);
    }

    /// <summary>The row fits in all columns but those that the index has answered for.</summary>
    protected bool Fits(int row, ReadOnlySpan<Value> inputs, int except, LookupScratch scratch)
    {
        for (var c = 0; c < keys.Length; c++)
        {
            if (c == except || types[c] == LookupMatch.Exact) continue;
            var cell = keys[c][row].Utf8;
            if (types[c] == LookupMatch.Wildcard)
            {
                var text = LookupText.Fold(inputs[c].AsUtf8(), caseSensitive, ref scratch.Text);
                if (!LookupText.Matches(LookupText.Fold(cell, caseSensitive, ref scratch.Cell), text)) return false;
            }
            else if (!IpNetwork.TryParse(cell, out var network) || !IpNetwork.TryParse(inputs[c].AsUtf8(), out var address) || !network.Contains(address)) return false;
        }
        return true;
    }
}

/// <summary>The buffers of one run's look-ups.</summary>
sealed class LookupScratch
{
    internal byte[] Text = [];
    internal byte[] Cell = [];
    internal readonly List<int> Candidates = [];
}
