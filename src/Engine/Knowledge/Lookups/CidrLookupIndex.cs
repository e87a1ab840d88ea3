using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Rows by network: one hash look-up for each prefix length that the table uses.</summary>
sealed class CidrLookupIndex : LookupIndex
{
    readonly Dictionary<IpNetwork, List<int>> _rows = [];
    readonly int[] _prefixes4;
    readonly int[] _prefixes6;
    readonly int _column;

    internal CidrLookupIndex(Value[][] keys, LookupMatch[] types, bool caseSensitive, int rows, int column)
        : base(keys, types, caseSensitive)
    {
        _column = column;
        for (var row = 0; row < rows; row++)
        {
            if (!IpNetwork.TryParse(keys[column][row].Utf8, out var network)) continue;
            if (!_rows.TryGetValue(network, out var same)) _rows[network] = same = [];
            same.Add(row);
        }
        _prefixes4 = [.. _rows.Keys.Where(network => !network.IsV6).Select(network => network.Prefix).Distinct()];
        _prefixes6 = [.. _rows.Keys.Where(network => network.IsV6).Select(network => network.Prefix).Distinct()];
    }

    internal override void Find(ReadOnlySpan<Value> inputs, int most, List<int> rows, LookupScratch scratch)
    {
        if (!IpNetwork.TryParse(inputs[_column].AsUtf8(), out var address)) return;
        var candidates = scratch.Candidates;
        candidates.Clear();
        foreach (var prefix in address.IsV6 ? _prefixes6 : _prefixes4)
            if (prefix <= address.Prefix && _rows.TryGetValue(address.Widen(prefix), out var same)) candidates.AddRange(same);
        candidates.Sort();
        foreach (var row in candidates)
        {
            if (rows.Count >= most) return;
            if (Fits(row, inputs, _column, scratch)) rows.Add(row);
        }
    }
}
