using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>Finds out which of each route's keys lets the fewest rows through, by looking the first rows up in all of them.</summary>
sealed class KeyChoice
{
    const int Enough = 500;

    readonly IReadOnlyList<Route> _routes;
    readonly List<(int Route, RowKey Key)> _all = [];
    readonly RowIndex _index;
    readonly long[] _hits;
    int _rows;

    internal KeyChoice(IReadOnlyList<Route> routes)
    {
        _routes = routes;
        for (var route = 0; route < routes.Count; route++)
            if (routes[route].Keys.Count > 1) _all.AddRange(routes[route].Keys.Select(key => (route, key)));
        _index = new RowIndex([.. _all.Select(choice => choice.Key)]);
        _hits = new long[_all.Count];
    }

    /// <summary>Some route has a choice.</summary>
    internal bool IsOpen => _all.Count > 0;

    /// <summary>Looks at a batch; true when enough was seen to choose.</summary>
    internal bool Look(Batch batch)
    {
        _index.Look(batch);
        foreach (var number in _index.Found.Touched) _hits[number] += _index.Found[number].Length;
        _rows += batch.Count;
        return _rows >= Enough;
    }

    /// <summary>The best key of each route by what was seen; where two let as much through, that which seemed better.</summary>
    internal RowKey?[] Best()
    {
        var best = new RowKey?[_routes.Count];
        var least = new long[_routes.Count];
        for (var i = 0; i < _all.Count; i++)
        {
            var (route, key) = _all[i];
            if (best[route] is not null && _hits[i] >= least[route]) continue;
            (best[route], least[route]) = (key, _hits[i]);
        }
        for (var route = 0; route < best.Length; route++) best[route] ??= Router.FirstKey(_routes[route]);
        return best;
    }
}
