using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Chains of rows by the hash of the exact columns; a look-up costs the same however large the table is.</summary>
sealed class HashLookupIndex : LookupIndex
{
    readonly int[] _exact;
    readonly int[] _heads;
    readonly int[] _next;

    internal HashLookupIndex(Value[][] keys, LookupMatch[] types, bool caseSensitive, int rows)
        : base(keys, types, caseSensitive)
    {
        _exact = [.. Enumerable.Range(0, types.Length).Where(column => types[column] == LookupMatch.Exact)];
        _heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, rows))];
        Array.Fill(_heads, -1);
        _next = new int[rows];
        var scratch = new LookupScratch();
        // From the last row to the first, so that each chain has the order of the file.
        for (var row = rows - 1; row >= 0; row--)
        {
            var hash = new HashCode();
            foreach (var column in _exact) hash.AddBytes(LookupText.Fold(keys[column][row].Utf8, caseSensitive, ref scratch.Cell));
            var slot = hash.ToHashCode() & (_heads.Length - 1);
            _next[row] = _heads[slot];
            _heads[slot] = row;
        }
    }

    internal override void Find(ReadOnlySpan<Value> inputs, int most, List<int> rows, LookupScratch scratch)
    {
        var hash = new HashCode();
        foreach (var column in _exact) hash.AddBytes(LookupText.Fold(inputs[column].AsUtf8(), CaseSensitive, ref scratch.Text));
        for (var row = _heads[hash.ToHashCode() & (_heads.Length - 1)]; row >= 0 && rows.Count < most; row = _next[row])
            if (IsEqual(row, inputs, scratch) && Fits(row, inputs, -1, scratch)) rows.Add(row);
    }

    bool IsEqual(int row, ReadOnlySpan<Value> inputs, LookupScratch scratch)
    {
        foreach (var column in _exact)
        {
            var text = LookupText.Fold(inputs[column].AsUtf8(), CaseSensitive, ref scratch.Text);
            var cell = Keys[column][row];
            if (cell.IsNull || !LookupText.Fold(cell.Utf8, CaseSensitive, ref scratch.Cell).SequenceEqual(text)) return false;
        }
        return true;
    }
}
