using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// The raw fields of events on their way to many searches. First only what filters read is made of them, and settles which events anybody wants; the other fields
/// are made for those alone.
/// </summary>
sealed class SharedScan
{
    // Where more than half of the events are wanted, looking ahead is taken to cost more than it saves.
    const int MostOutOf = 2;
    const int LeastRows = 10_000;

    readonly IReadOnlyList<Route> _routes;
    readonly bool[] _isEarly;
    readonly List<Route> _late = [];
    readonly Router _router;
    readonly RowUnion _union = new();
    readonly StageChain _full;
    readonly StageChain? _ahead;
    int[] _same = [];
    bool _isSettled;
    long _rows;
    long _wanted;

    /// <summary><paramref name="stages"/> make all fields that the routes want of raw events, <paramref name="stagesFor"/> those that are named.</summary>
    internal SharedScan(IReadOnlyList<Route> routes, IReadOnlyList<Stage> stages, Func<FieldSet, IReadOnlyList<Stage>> stagesFor, RunContext run)
    {
        _routes = routes;
        _isEarly = new bool[routes.Count];
        _router = new Router(routes);
        _full = new StageChain(stages, run, new Sink(Full));
        var settles = FieldSet.UnionOf(routes.Select(route => route.Settles));
        // Rows are known by their place in the batch.
        if (settles.IsOpen || stages.Count == 0 || stages.Any(static stage => stage.CutsBatches)) return;
        // Some searches want no more than is there already: what every event has by itself, what filters read.
        for (var i = 0; i < routes.Count; i++)
            _isEarly[i] = !routes[i].Wanted.IsOpen && routes[i].Wanted.Names.All(name => name is "_time" or "_raw" || OriginScan.IsMetadata(name) || settles.Contains(name));
        if (_isEarly.Contains(false)) _ahead = new StageChain(stagesFor(settles), run, new Sink(Ahead));
    }

    internal void Push(Batch raw)
    {
        _isSettled = _ahead is not null && (_rows <= LeastRows || _wanted <= _rows / MostOutOf);
        if (!_isSettled)
        {
            _full.First.Push(raw);
            return;
        }
        _late.Clear();
        _ahead!.First.Push(raw);
        _union.Of(_late, raw.Count);
        _rows += raw.Count;
        _wanted += _union.Rows.Length;
        if (!_union.Rows.IsEmpty) _full.First.Push(_union.IsAll ? raw : raw.Select(_union.Rows));
    }

    bool Ahead(Batch batch)
    {
        _router.Settle(batch);
        foreach (var route in _router.Settled)
        {
            if (_isEarly[route]) _routes[route].Give(batch, Same(batch.Count));
            else _late.Add(_routes[route]);
        }
        return true;
    }

    bool Full(Batch batch)
    {
        if (_isSettled)
        {
            foreach (var route in _late) route.Give(batch, _union.Places);
            return true;
        }
        _router.Settle(batch);
        foreach (var route in _router.Settled) _routes[route].Give(batch, Same(batch.Count));
        return true;
    }

    ReadOnlySpan<int> Same(int count)
    {
        if (_same.Length < count) _same = [.. Enumerable.Range(0, count)];
        return _same.AsSpan(0, count);
    }
}
