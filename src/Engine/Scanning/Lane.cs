using Karst.Engine.Passes;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning.Sharing;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>One request's way: knowledge stages and its head, filters lifted as far as they may.</summary>
sealed class Lane : Route
{
    readonly OriginScan _scan;
    readonly StageChain _chain;
    readonly List<FilterStage> _first;
    readonly FieldSet _written;
    readonly Narrowing? _narrowing;
    readonly RowSelection? _selection;
    readonly bool _isBounded;
    readonly int _knowledge;
    readonly int _done;
    readonly bool _lifted;
    long _rowsIn;
    long _rowsGiven;

    /// <summary>A request for which field knowledge is made here.</summary>
    internal Lane(OriginScan scan, ScanRequest request, IReadOnlyList<Stage> knowledge, FieldSet wanted)
    {
        _scan = scan;
        Request = request;
        _isBounded = TimeRange.IsBounded(request);
        _written = FieldSet.UnionOf(knowledge.Select(stage => stage.Writes));
        IReadOnlyList<Stage> stages = [.. knowledge, .. request.Head];
        // Without knowledge before them filters are where they belong.
        _lifted = request.MayLift && knowledge.Count > 0;
        if (_lifted) stages = LiftFilters.Apply(stages);
        _knowledge = knowledge.Count;
        _first = [.. stages.TakeWhile(stage => stage is FilterStage).Cast<FilterStage>()];
        _chain = Chain(stages);
        Needs = OriginScan.Needs([.. stages.Where(stage => stage is FilterStage || knowledge.Contains(stage))], wanted);
    }

    /// <summary>A request among others: field knowledge is there, the first <paramref name="done"/> stages of the head were done, and the filter that comes then is applied by the router.</summary>
    internal Lane(OriginScan scan, ScanRequest request, FieldSet written, FieldSet shown, int done = 0)
    {
        _scan = scan;
        Request = request;
        _written = written;
        Wanted = shown;
        _isBounded = TimeRange.IsBounded(request);
        _narrowing = scan.NarrowingTo(shown);
        _selection = new RowSelection(scan.LaneRoom);
        _first = [.. request.Head.Skip(done).TakeWhile(stage => stage is FilterStage).Cast<FilterStage>()];
        Filter = _first.FirstOrDefault();
        _done = Filter is null ? done : done + 1;
        _chain = Chain([.. request.Head.Skip(_done)]);
        Needs = FieldSet.None;
        Keys = scan.KeysOf(_first);
        Settles = FieldSet.UnionOf(_first.Select(filter => filter.Reads));
    }

    internal ScanRequest Request { get; }

    /// <summary>What must be there before the first stage.</summary>
    internal FieldSet Needs { get; }

    internal override IReadOnlyList<RowKey> Keys { get; } = [];

    internal override FilterStage? Filter { get; }

    internal override RunContext Run => Request.Run;

    internal override FieldSet Settles { get; } = FieldSet.None;

    internal override FieldSet Wanted { get; } = FieldSet.All;

    /// <summary>The rows that are to be given.</summary>
    internal SettledRows Settled { get; } = new();

    internal override bool IsDone => Request.IsDone;

    internal RequiredLiterals? Literals(bool isJson) =>
        Request.MayPrefilter
            ? RequiredLiterals.Of(_first, field => isJson && !OriginScan.IsMetadata(field) && !field.StartsWith('_') && !_written.Contains(field))
            : null;

    /// <summary>Takes events of which nobody has looked at any.</summary>
    internal void Push(Batch batch)
    {
        _rowsIn += batch.Count;
        Give(batch);
    }

    internal override void Settle(Batch batch, ReadOnlySpan<int> rows, int looked)
    {
        _rowsIn += looked;
        Settled.Set(rows);
    }

    internal override void Mark(bool[] wanted) => Settled.Mark(wanted);

    internal override void Give(Batch batch, ReadOnlySpan<int> places)
    {
        if (Settled.IsEmpty) return;
        Settled.Map(places);
        batch = _narrowing!.Apply(batch);
        Give(Settled.All.Length == batch.Count ? batch : _selection!.Of(batch, Settled.All));
        Settled.Clear();
    }

    internal override void Fail(Exception failure)
    {
        Settled.Clear();
        _scan.Part.Fail(Request, failure);
    }

    internal void Finish()
    {
        if (!_lifted)
        {
            for (var i = 0; i < _done; i++) Request.HeadRows[i] += _rowsIn;
            if (_done > 0 && _done == Request.Head.Count) Request.HeadRows[_done] += _rowsGiven;
            HeadCounts.Add(Request, _chain.Statistics().Skip(_knowledge), _done);
            return;
        }
        // Lifted filters are no longer one to one with the request's: what went in and what came out still is.
        Request.HeadRows[0] += _rowsIn;
        var last = _chain.Statistics().LastOrDefault();
        var rowsOut = last?.RowsOut ?? _rowsIn;
        for (var i = 1; i < Request.HeadRows.Length; i++) Request.HeadRows[i] += rowsOut;
    }

    StageChain Chain(IReadOnlyList<Stage> stages) => new(stages, Request.Run, new Sink(batch => _scan.Part.Push(Request, batch)));

    void Give(Batch batch)
    {
        if (Request.IsDone) return;
        if (_isBounded) batch = TimeRange.Apply(batch, Request);
        if (batch.Count == 0) return;
        _rowsGiven += batch.Count;
        try
        {
            _chain.First.Push(batch);
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            Fail(failure);
        }
    }
}
