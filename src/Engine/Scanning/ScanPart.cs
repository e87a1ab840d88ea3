using System.Runtime.InteropServices;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// A stretch of a file on its way to the searches. What its scans give goes straight to the searches when all before it has gone there, and is held until then
/// otherwise, so that searches see the order of the input whatever thread does the work. Events of several origins are scanned some hundreds at a time, those of
/// one origin together, and put back in order behind the scans.
/// </summary>
sealed class ScanPart(ScanOrder order, RawBlock block)
{
    // What one part may hold: a batch of many sparse columns is far larger than its text.
    const long MostHeldCells = 1 << 18;
    // Of events of several origins that are scanned before rows are put back in order: as many as are expected to stay within what may be held.
    const int FirstTogether = 256;
    const int LeastTogether = 16;
    const int MostTogether = 4_096;

    readonly List<(ScanRequest Request, Batch? Batch, Exception? Failure)> _held = [];
    readonly MixedRows _mixed = new();
    readonly List<(OriginScans Origin, RawBlock Events, Value? Before)> _pieces = [];
    readonly List<InputProblem> _problems = [];
    long _cells;
    bool _isMixed;

    /// <summary>What was read; what is held lies in its buffer.</summary>
    internal RawBlock Block => block;

    /// <summary>Rows are held that could not be given yet.</summary>
    internal bool HoldsRows => _held.Count > 0;

    /// <summary>All its events were looked at.</summary>
    internal bool IsScanned { get; set; }

    /// <summary>Events of one origin; <paramref name="before"/> is the time of the last event before them that had one, null where their scan knows it.</summary>
    internal void Add(OriginScans origin, RawBlock events, Value? before) => _pieces.Add((origin, events, before));

    /// <summary>What was found wrong while it was read.</summary>
    internal void Add(IEnumerable<InputProblem> problems) => _problems.AddRange(problems);

    /// <summary>Looks at all its events.</summary>
    internal void Scan()
    {
        var scans = _pieces.ConvertAll(static piece => piece.Origin.Rent());
        if (_pieces.Count == 1) scans[0].Take(_pieces[0].Events, this, _pieces[0].Before, isMixed: false);
        else ScanTogether(scans);
        for (var i = 0; i < scans.Count; i++) _pieces[i].Origin.Return(scans[i]);
    }

    void ScanTogether(List<OriginScan> scans)
    {
        var next = new int[_pieces.Count];
        var end = 0;
        for (var size = FirstTogether; !IsAtEnd(next);)
        {
            end += size;
            _isMixed = true;
            for (var i = 0; i < scans.Count; i++)
            {
                var from = next[i];
                var (_, events, before) = _pieces[i];
                while (next[i] < events.Events.Count && events.Events[next[i]].Rank < end) next[i]++;
                if (next[i] == from) continue;
                var some = new RawBlock { Buffer = events.Buffer };
                some.Events.AddRange(CollectionsMarshal.AsSpan(events.Events)[from..next[i]]);
                scans[i].Take(some, this, from == 0 ? before : null, isMixed: true);
            }
            _isMixed = false;
            size = Math.Clamp((int)Math.Min(2 * size, MostHeldCells * size / Math.Max(1, _mixed.Cells)), LeastTogether, MostTogether);
            _mixed.GiveOut(Give);
        }
    }

    bool IsAtEnd(int[] next)
    {
        for (var i = 0; i < next.Length; i++)
            if (next[i] < _pieces[i].Events.Events.Count) return false;
        return true;
    }

    /// <summary>Rows for a search; false when it wants no more.</summary>
    internal bool Push(ScanRequest request, Batch batch)
    {
        if (request.IsDone) return false;
        if (_isMixed)
        {
            _mixed.Add(request, batch);
            return true;
        }
        return Give(request, batch);
    }

    bool Give(ScanRequest request, Batch batch)
    {
        if (request.IsDone) return false;
        if (!order.IsNext(this))
        {
            _cells += (long)batch.Count * Math.Max(1, batch.Columns.Length);
            if (_cells <= MostHeldCells)
            {
                // Who made the columns uses them again.
                _held.Add((request, batch.Copy(), null));
                return true;
            }
            order.WaitFor(this);
        }
        GiveRows();
        request.Push(request.Target, batch);
        return !request.IsDone;
    }

    /// <summary>Field knowledge or a filter failed: the search ends here.</summary>
    internal void Fail(ScanRequest request, Exception failure) => _held.Add((request, null, failure));

    /// <summary>Hands over what was held. Only for the part whose turn it is, once it is scanned.</summary>
    internal void Give(Action<InputProblem> problem)
    {
        foreach (var found in _problems) problem(found);
        GiveRows();
    }

    void GiveRows()
    {
        foreach (var (request, batch, failure) in _held)
        {
            if (request.IsDone) continue;
            if (failure is not null) request.Fail(failure);
            else request.Push(request.Target, batch!);
        }
        _held.Clear();
        _cells = 0;
    }
}
