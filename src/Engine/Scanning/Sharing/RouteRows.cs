namespace Karst.Engine.Scanning.Sharing;

/// <summary>The rows of a batch that each of many routes may want, in order and each once.</summary>
sealed class RouteRows(int routes)
{
    // What is known of a route lies together: of many thousand each is looked at now and then.
    struct Rows
    {
        internal long Seen;
        internal int Count;
        internal int[]? Places;
    }

    readonly Rows[] _routes = new Rows[routes];
    readonly List<int> _touched = [];
    long _moment;
    int _row;

    /// <summary>The routes that want rows.</summary>
    internal IReadOnlyList<int> Touched => _touched;

    /// <summary>The rows of a route.</summary>
    internal ReadOnlySpan<int> this[int route] => _routes[route].Places.AsSpan(0, _routes[route].Count);

    /// <summary>Forgets all rows.</summary>
    internal void Clear()
    {
        foreach (var route in _touched) _routes[route].Count = 0;
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
            ref var route = ref _routes[routes[i]];
            if (route.Seen == _moment) continue;
            route.Seen = _moment;
            if (route.Count == 0) _touched.Add(routes[i]);
            route.Places ??= new int[16];
            if (route.Count == route.Places.Length) Array.Resize(ref route.Places, route.Places.Length * 2);
            route.Places[route.Count++] = _row;
        }
    }
}
