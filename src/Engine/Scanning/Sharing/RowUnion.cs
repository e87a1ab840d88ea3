namespace Karst.Engine.Scanning.Sharing;

/// <summary>The rows of a batch that any of many wants, and where each of them stands among these.</summary>
sealed class RowUnion
{
    bool[] _wanted = [];
    int[] _rows = [];
    int[] _places = [];
    int _count;
    int _of;

    /// <summary>The rows in order.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>For each row of the batch its place among <see cref="Rows"/>.</summary>
    internal ReadOnlySpan<int> Places => _places.AsSpan(0, _of);

    /// <summary>All rows of the batch are wanted.</summary>
    internal bool IsAll => _count == _of;

    /// <summary>Begins anew over so many rows: those that <paramref name="routes"/> remember.</summary>
    internal void Of(IReadOnlyList<Route> routes, int rows)
    {
        if (_wanted.Length < rows)
        {
            _wanted = new bool[rows];
            _rows = new int[rows];
            _places = new int[rows];
        }
        Array.Clear(_wanted, 0, rows);
        foreach (var route in routes) route.Mark(_wanted);
        (_count, _of) = (0, rows);
        for (var row = 0; row < rows; row++)
        {
            _places[row] = _count;
            if (_wanted[row]) _rows[_count++] = row;
        }
    }
}
