using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// The groups of `stats` that came when memory was short: their rows lie on disk, parted by key, and each part is aggregated for itself when the last row has come. All rows of a key are either in memory
/// or in one part, in the order in which they came.
/// </summary>
sealed class SpilledGroups
{
    readonly StatsStage _stage;
    readonly RunContext _run;
    readonly int _depth;
    readonly RowPartitions _rows;
    readonly List<SpilledRows> _results = [];
    readonly HashSet<string> _fields;
    readonly Value[] _key;

    internal SpilledGroups(StatsStage stage, RunContext run, int depth)
    {
        _stage = stage;
        _run = run;
        _depth = depth;
        _rows = new RowPartitions(depth);
        _fields = [.. stage.Aggregations.SelectMany(aggregation => aggregation.Reads)];
        _key = new Value[stage.By.Count];
        run.Messages.Add("stats-disk", LimitMessages.OnDisk("stats"));
    }

    /// <summary>
    /// A pattern makes columns as rows come, which parts would do each for itself; and an aggregate over a BY field sees all values of a row, of which only the key's own is kept.
    /// </summary>
    internal static bool CanHold(StatsStage stage) =>
        stage.By.Count > 0 && !stage.Aggregations.Any(aggregation => aggregation.IsPattern || aggregation.Reads.Any(stage.By.Contains));

    /// <summary>Takes a row, or one combination of a row with several values, under its key.</summary>
    internal void Add(ReadOnlySpan<byte> key, Batch batch, int row)
    {
        GroupKey.Read(key.ToArray(), 0, _key, 0, _key.Length);
        var columns = new List<Column>(_stage.By.Count + _fields.Count);
        // The key's own values: of a row with several it has one of each.
        for (var i = 0; i < _key.Length; i++) columns.Add(new Column(_stage.By[i], [_key[i]]));
        foreach (var column in batch.Columns)
            if (_fields.Contains(column.Name)) columns.Add(new Column(column.Name, [column.Values[row]]));
        _rows.Add(key, new Batch(1, [.. columns]), 0);
    }

    /// <summary>Takes the results of the groups in memory, in order.</summary>
    internal Operator Known()
    {
        var known = new SpilledRows();
        _results.Add(known);
        return Into(known);
    }

    /// <summary>The results of all groups, in order.</summary>
    internal IEnumerable<Batch> Sorted()
    {
        foreach (var part in _rows.All)
        {
            var result = new SpilledRows();
            _results.Add(result);
            var inner = new StatsOperator(_stage, _run, _depth + 1) { Next = Into(result) };
            foreach (var batch in part.Read(_run.BatchSize)) inner.Push(batch);
            inner.Finish();
        }
        var size = Math.Max(16, _run.BatchSize / _results.Count);
        return new RowMerge<(Value[] Values, double[] Numbers)[]>(_results.Select(result => result.Read(size)), KeysOf, Compare).Read(_run.BatchSize);
    }

    /// <summary>Gives the room on disk back. A run that ends early leaves that to the runtime.</summary>
    internal void Close()
    {
        _rows.Close();
        foreach (var result in _results) result.Dispose();
    }

    static Sink Into(SpilledRows rows) => new(batch =>
    {
        rows.Add(batch);
        return true;
    });

    (Value[] Values, double[] Numbers)[] KeysOf(Batch batch) => [.. _stage.By.Select(field => batch.Find(field)!.Values).Select(static values => (values, GroupOrder.Numbers(values)))];

    static int Compare((Value[] Values, double[] Numbers)[] left, int leftRow, (Value[] Values, double[] Numbers)[] right, int rightRow)
    {
        for (var i = 0; i < left.Length; i++)
            if (GroupOrder.Compare(left[i], leftRow, right[i], rightRow) is var order and not 0) return order;
        return 0;
    }
}
