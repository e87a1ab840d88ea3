using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Search;

/// <summary>Keeps the rows for which a search filter holds.</summary>
public sealed record FilterStage(BoundPredicate Filter) : Stage
{
    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => [.. Subsearches.In(Filter.Root)];

    /// <inheritdoc/>
    public override string Command => "search";

    /// <summary>The fields that the filter reads.</summary>
    public FieldSet Reads => field ??= FieldSet.Of(Filter.Fields);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Union(Reads);

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet? FilterReads => Reads;

    /// <inheritdoc/>
    public override bool IsShareable => !Subsearches.Holds(Filter.Root);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FilterOperator(Subsearches.Resolve(Filter, run), run);

    /// <inheritdoc/>
    public override string Describe() => $"search {Filter.Root}";

    sealed class FilterOperator(BoundPredicate filter, RunContext run) : Operator
    {
        readonly PredicateRun _filter = filter.Open(run);
        int[] _rows = [];

        public override bool Push(Batch batch)
        {
            if (_rows.Length < batch.Count) _rows = new int[batch.Count];
            _filter.Start(batch);
            var kept = 0;
            for (var row = 0; row < batch.Count; row++)
                if (_filter.Matches(row)) _rows[kept++] = row;
            if (kept == 0) return true;
            return Next.Push(kept == batch.Count ? batch : batch.Select(_rows.AsSpan(0, kept)));
        }
    }
}
