using Karst.Engine.Passes;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>One request's way: knowledge stages and filters, filters lifted as far as they may.</summary>
sealed class Lane
{
    readonly OriginScan _scan;
    readonly StageChain _chain;
    readonly List<FilterStage> _first;
    readonly int _knowledge;
    readonly bool _lifted;
    long _rowsIn;

    internal Lane(OriginScan scan, ScanRequest request, IReadOnlyList<Stage> knowledge, FieldSet written, FieldSet wanted)
    {
        _scan = scan;
        Request = request;
        Written = written;
        IReadOnlyList<Stage> stages = [.. knowledge, .. request.Filters];
        // Without knowledge before them filters are where they belong.
        _lifted = request.MayLift && knowledge.Count > 0;
        if (_lifted) stages = LiftFilters.Apply(stages);
        _knowledge = knowledge.Count;
        _first = [.. stages.TakeWhile(stage => stage is FilterStage).Cast<FilterStage>()];
        _chain = new StageChain(stages, request.Run, new Sink(batch => _scan.Part.Push(request, batch)));
        Needs = OriginScan.Needs(stages, wanted);
    }

    internal ScanRequest Request { get; }

    /// <summary>What must be there before the first stage.</summary>
    internal FieldSet Needs { get; }

    /// <summary>The fields that the request asked for, where batches have those of others too; null shows all.</summary>
    internal FieldSet? Shows { get; init; }

    FieldSet Written { get; }

    internal List<byte[]>? Literals(bool isJson) =>
        Request.MayPrefilter
            ? Prefilter.LiteralsOf(_first, field => isJson && !OriginScan.IsMetadata(field) && !field.StartsWith('_') && !Written.Contains(field))
            : null;

    internal void Push(Batch batch)
    {
        if (Request.IsDone) return;
        if (Shows is { IsAll: false } shows) batch = new Batch(batch.Count, [.. batch.Columns.ToArray().Where(column => shows.Contains(column.Name))]);
        batch = TimeRange.Apply(batch, Request);
        if (batch.Count == 0) return;
        _rowsIn += batch.Count;
        try
        {
            _chain.First.Push(batch);
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            _scan.Part.Fail(Request, failure);
        }
    }

    internal void Finish()
    {
        if (!_lifted)
        {
            FilterCounts.Add(Request, _chain.Statistics(), _knowledge);
            return;
        }
        // Lifted filters are no longer one to one with the request's: what went in and what came out still is.
        Request.FilterRows[0] += _rowsIn;
        var last = _chain.Statistics().LastOrDefault();
        var rowsOut = last?.RowsOut ?? _rowsIn;
        for (var i = 1; i < Request.FilterRows.Length; i++) Request.FilterRows[i] += rowsOut;
    }
}
