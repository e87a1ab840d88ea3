using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// What several searches do alike before they part: a filter (a dataset's constraint, say) and calculations behind it, done once for all of them.
/// Each search sees the fields that it would have alone. Calculations that no filter reads are done for the rows that a search wants.
/// </summary>
sealed class SharedView : Route
{
    readonly OriginScan _scan;
    readonly IReadOnlyList<Lane> _lanes;
    readonly Narrowing _narrowing;
    readonly Narrowing _narrowingToSettle;
    readonly Router _router;
    readonly RowUnion _union = new();
    readonly List<Lane> _settled = [];
    readonly StageChain _settling;
    readonly StageChain _chain;

    internal SharedView(OriginScan scan, ViewPlan plan, IReadOnlyList<Lane> lanes)
    {
        _scan = scan;
        _lanes = lanes;
        Filter = plan.Filter;
        Keys = scan.KeysOf([plan.Filter]);
        Wanted = FieldSet.UnionOf(plan.Members.Select(member => member.Wanted));
        _narrowing = scan.NarrowingTo(Wanted);
        var read = FieldSet.UnionOf(lanes.Select(lane => lane.Settles));
        var toSettle = ForFields(plan.Calculations, ref read);
        Settles = plan.Filter.Reads.Union(read);
        _narrowingToSettle = scan.NarrowingTo(read);
        _router = new Router(lanes);
        _settling = new StageChain(toSettle, Run, new Sink(batch =>
        {
            _router.Settle(batch);
            foreach (var lane in _router.Settled) _settled.Add(_lanes[lane]);
            return true;
        }));
        _chain = new StageChain(plan.Calculations, Run, new Sink(batch =>
        {
            foreach (var lane in _settled) lane.Give(batch, _union.Places);
            return true;
        }));
    }

    internal override IReadOnlyList<RowKey> Keys { get; }

    internal override FilterStage? Filter { get; }

    internal override RunContext Run => _lanes[0].Request.Run;

    internal override FieldSet Settles { get; }

    internal override FieldSet Wanted { get; }

    internal override bool IsDone => _router.IsDone;

    internal override void Settle(Batch batch, ReadOnlySpan<int> rows, int looked)
    {
        _settled.Clear();
        if (rows.IsEmpty) return;
        batch = _narrowingToSettle.Apply(batch);
        Push(_settling, rows.Length == batch.Count ? batch : batch.Select(rows));
        foreach (var lane in _settled) lane.Settled.Map(rows);
    }

    internal override void Mark(bool[] wanted)
    {
        foreach (var lane in _settled) lane.Mark(wanted);
    }

    internal override void Give(Batch batch, ReadOnlySpan<int> places)
    {
        foreach (var lane in _settled) lane.Settled.Map(places);
        _union.Of(_settled, batch.Count);
        if (_union.Rows.IsEmpty) return;
        batch = _narrowing.Apply(batch);
        Push(_chain, _union.IsAll ? batch : batch.Select(_union.Rows));
    }

    internal override void Fail(Exception failure)
    {
        foreach (var lane in _lanes) lane.Fail(failure);
    }

    void Push(StageChain chain, Batch batch)
    {
        try
        {
            chain.First.Push(batch);
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            Fail(failure);
        }
    }

    // The calculations that fields come from, and the fields that these read in turn.
    static List<Stage> ForFields(IReadOnlyList<Stage> calculations, ref FieldSet fields)
    {
        var needed = new List<Stage>();
        foreach (var calculation in calculations.Reverse())
        {
            if (!calculation.Writes.Overlaps(fields)) continue;
            needed.Insert(0, calculation);
            // What a calculation writes may have been there before it, and others read that.
            fields = fields.Union(calculation.Needs(calculation.Writes));
        }
        return needed;
    }
}
