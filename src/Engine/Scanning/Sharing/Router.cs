using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// Settles for each route the rows of a batch for which its filter holds. A row's values are looked up once, however many routes there are, and the filters' terms
/// are looked at once a row.
/// </summary>
sealed class Router
{
    readonly IReadOnlyList<Route> _routes;
    readonly SharedTerms.Node?[] _filters;
    readonly List<int> _takeAll = [];
    readonly SharedTerms _terms = new();
    readonly List<int> _settled = [];
    KeyChoice? _choice;
    RowIndex _index;
    int[] _all = [];
    int[] _kept = [];

    internal Router(IReadOnlyList<Route> routes)
    {
        _routes = routes;
        _filters = new SharedTerms.Node?[routes.Count];
        for (var route = 0; route < routes.Count; route++)
            if (routes[route].Keys.Count == 0) _takeAll.Add(route);
        _choice = new KeyChoice(routes);
        if (!_choice.IsOpen) _choice = null;
        _index = IndexOf([.. routes.Select(FirstKey)]);
    }

    /// <summary>All routes are done.</summary>
    internal bool IsDone => _routes.All(static route => route.IsDone);

    /// <summary>The routes that want rows of the last batch, by their numbers in order: of many thousand few do.</summary>
    internal IReadOnlyList<int> Settled => _settled;

    /// <summary>Each route remembers the rows that it wants.</summary>
    internal void Settle(Batch batch)
    {
        _settled.Clear();
        if (_choice?.Look(batch) == true)
        {
            _index = IndexOf(_choice.Best());
            _choice = null;
        }
        _terms.Start(batch);
        if (_kept.Length < batch.Count) _kept = new int[batch.Count];
        if (_takeAll.Count > 0)
        {
            if (_all.Length < batch.Count) _all = [.. Enumerable.Range(0, batch.Count)];
            foreach (var route in _takeAll) Settle(route, batch, _all.AsSpan(0, batch.Count));
        }
        _index.Look(batch);
        foreach (var route in _index.Found.Touched) Settle(route, batch, _index.Found[route]);
        _settled.Sort();
    }

    internal static RowKey? FirstKey(Route route) => route.Keys is [var first, ..] ? first : null;

    RowIndex IndexOf(RowKey?[] keys)
    {
        for (var route = 0; route < keys.Length; route++)
            _filters[route] = _routes[route].Filter is { } filter && Rest(filter.Filter.Root, keys[route]?.Settled) is { } rest ? _terms.Add(rest, _routes[route].Run) : null;
        return new RowIndex(keys);
    }

    void Settle(int index, Batch batch, ReadOnlySpan<int> rows)
    {
        var route = _routes[index];
        if (route.IsDone) return;
        var looked = rows.Length;
        if (_filters[index] is { } filter)
        {
            var kept = 0;
            try
            {
                foreach (var row in rows)
                    if (filter.Matches(row)) _kept[kept++] = row;
            }
            catch (Exception failure) when (ScanRequest.IsOwn(failure))
            {
                route.Fail(failure);
                return;
            }
            rows = _kept.AsSpan(0, kept);
        }
        route.Settle(batch, rows, looked);
        if (!rows.IsEmpty) _settled.Add(index);
    }

    // What is left to look at once a term is known to hold; null where that is nothing.
    static Predicate? Rest(Predicate filter, Predicate? settled)
    {
        if (filter is ConstantPredicate { Value: true } || ReferenceEquals(filter, settled)) return null;
        if (filter is not AndPredicate and) return filter;
        Predicate[] rest = [.. and.Terms.Select(term => Rest(term, settled)).OfType<Predicate>()];
        return rest.Length switch { 0 => null, 1 => rest[0], _ => new AndPredicate(rest) };
    }
}
