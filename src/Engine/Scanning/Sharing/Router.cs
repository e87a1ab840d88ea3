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
    readonly List<FieldIndex> _fields = [];
    readonly SharedTerms _terms = new();
    readonly RouteRows _found;
    int[] _all = [];
    int[] _kept = [];

    internal Router(IReadOnlyList<Route> routes)
    {
        _routes = routes;
        _found = new RouteRows(routes.Count);
        _filters = new SharedTerms.Node?[routes.Count];
        for (var route = 0; route < routes.Count; route++)
        {
            var key = routes[route].Key;
            if (routes[route].Filter is { } filter && Rest(filter.Filter.Root, key?.Settled) is { } rest) _filters[route] = _terms.Add(rest, routes[route].Run);
            if (key is null)
            {
                _takeAll.Add(route);
                continue;
            }
            foreach (var (field, trait) in key.Traits)
            {
                var index = _fields.Find(known => known.Field == field);
                if (index is null) _fields.Add(index = new FieldIndex(field));
                index.Add(trait, route);
            }
        }
    }

    /// <summary>All routes are done.</summary>
    internal bool IsDone => _routes.All(static route => route.IsDone);

    /// <summary>Each route remembers the rows that it wants.</summary>
    internal void Settle(Batch batch)
    {
        _terms.Start(batch);
        if (_kept.Length < batch.Count) _kept = new int[batch.Count];
        if (_takeAll.Count > 0)
        {
            if (_all.Length < batch.Count) _all = [.. Enumerable.Range(0, batch.Count)];
            foreach (var route in _takeAll) Settle(route, batch, _all.AsSpan(0, batch.Count));
        }
        Look(batch);
        foreach (var route in _found.Touched) Settle(route, batch, _found[route]);
        _found.Clear();
    }

    void Look(Batch batch)
    {
        var fields = new List<(FieldIndex Index, Value[] Values)>(_fields.Count);
        foreach (var field in _fields)
            if (batch.Find(field.Field) is { } column) fields.Add((field, column.Values));
        if (fields.Count == 0) return;
        for (var row = 0; row < batch.Count; row++)
        {
            _found.At(row);
            foreach (var (index, values) in fields) index.Find(values[row], _found);
        }
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
