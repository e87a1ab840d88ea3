namespace Karst.Engine.Scanning.Sharing;

/// <summary>Rows that somebody wants, in order.</summary>
sealed class SettledRows
{
    int[] _rows = [];
    int _count;

    internal bool IsEmpty => _count == 0;

    internal ReadOnlySpan<int> All => _rows.AsSpan(0, _count);

    internal void Set(ReadOnlySpan<int> rows)
    {
        if (_rows.Length < rows.Length) _rows = new int[Math.Max(rows.Length, 2 * _rows.Length)];
        rows.CopyTo(_rows);
        _count = rows.Length;
    }

    /// <summary>Each row becomes what stands at its place.</summary>
    internal void Map(ReadOnlySpan<int> places)
    {
        for (var i = 0; i < _count; i++) _rows[i] = places[_rows[i]];
    }

    internal void Mark(bool[] wanted)
    {
        for (var i = 0; i < _count; i++) wanted[_rows[i]] = true;
    }

    internal void Clear() => _count = 0;
}
