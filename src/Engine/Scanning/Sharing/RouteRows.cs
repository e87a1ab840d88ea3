namespace Karst.Engine.Scanning.Sharing;

/// <summary>The rows of a batch that each of many routes may want, in order and each once.</summary>
sealed class RouteRows(int routes)
{
    readonly long[] _seen = new long[routes];
    readonly int[][] _rows = new int[routes][];
    readonly int[] _counts = new int[routes];
    readonly List<int> _touched = [];
    long _moment;
    int _row;

    /// <summary>The routes that want rows.</summary>
    internal IReadOnlyList<int> Touched => _touched;

    /// <summary>The rows of a route.</summary>
    internal ReadOnlySpan<int> this[int route] => _rows[route].AsSpan(0, _counts[route]);

    /// <summary>Forgets all rows.</summary>
    internal void Clear()
    {
        foreach (var route in _touched) _counts[route] = 0;
        _touched.Clear();
    }

    /// <summary>What is added from now on is added for this row. Rows come in rising order.</summary>
    internal void At(int row)
    {
        _row = row;
        _moment++;
    }

    /// <summary>The routes may want the row.</summary>
    internal void Add(List<int> routes)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            if (_seen[route] == _moment) continue;
            _seen[route] = _moment;
            if (_counts[route] == 0) _touched.Add(route);
            var rows = _rows[route] ??= new int[16];
            if (_counts[route] == rows.Length) Array.Resize(ref _rows[route], rows.Length * 2);
            _rows[route][_counts[route]++] = _row;
        }
    }
}
