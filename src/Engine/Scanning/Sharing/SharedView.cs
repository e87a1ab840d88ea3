using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// What several searches do alike before they part: a filter (a dataset's constraint, say) and calculations behind it, done once for all of them.
/// Each search sees the fields that it would have alone.
/// </summary>
sealed class SharedView : Route
{
    readonly OriginScan _scan;
    readonly IReadOnlyList<Lane> _lanes;
    readonly Narrowing _narrowing;
    readonly Router _router;
    readonly StageChain _chain;

    internal SharedView(OriginScan scan, ViewPlan plan, IReadOnlyList<Lane> lanes)
    {
        _scan = scan;
        _lanes = lanes;
        Filter = plan.Filter;
        Key = scan.KeyOf([plan.Filter]);
        _narrowing = new Narrowing(FieldSet.UnionOf(plan.Members.Select(member => member.Wanted)));
        _router = new Router(lanes);
        _chain = new StageChain(plan.Calculations, lanes[0].Request.Run, new Sink(batch =>
        {
            _router.Push(batch);
            return true;
        }));
    }

    internal override RowKey? Key { get; }

    internal override FilterStage? Filter { get; }

    internal override RunContext Run => _lanes[0].Request.Run;

    internal override bool IsDone => _router.IsDone;

    internal override void Push(Batch batch, ReadOnlySpan<int> rows, int looked)
    {
        if (rows.IsEmpty) return;
        batch = _narrowing.Apply(batch);
        try
        {
            _chain.First.Push(rows.Length == batch.Count ? batch : batch.Select(rows));
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            Fail(failure);
        }
    }

    internal override void Fail(Exception failure)
    {
        foreach (var lane in _lanes) _scan.Part.Fail(lane.Request, failure);
    }
}
