using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Gives rows out in order when the last has come; then <paramref name="afterwards"/> says what there is to say.</summary>
sealed class SortingOperator(RowSorting sorting, Action? afterwards = null) : Operator
{
    public override bool Push(Batch batch)
    {
        sorting.Add(batch);
        return true;
    }

    public override void Finish()
    {
        foreach (var batch in sorting.Sorted())
            if (!Next.Push(batch)) break;
        sorting.Close();
        afterwards?.Invoke();
        Next.Finish();
    }
}

/// <summary>Puts any number of rows in order: in memory, or where they are too many in sorted runs on disk that are merged. Equal rows keep the order in which they came.</summary>
sealed class RowSorting(string command, IReadOnlyList<SortKey> keys, int limit, RunContext run)
{
    // Beside a row its keys are made ready for comparing, and its place.
    const int BytesOfKey = 64;

    readonly List<SpilledRows> _runs = [];
    RowStore _rows = new();
    long _count;

    /// <summary>More rows came than the limit lets out.</summary>
    internal bool Dropped => limit > 0 && _count > limit;

    /// <summary>Takes the rows of a batch.</summary>
    internal void Add(Batch batch)
    {
        run.ThrowIfCancelled();
        _count += batch.Count;
        for (var row = 0; row < batch.Count; row++)
        {
            _rows.Add(batch, row);
            if (_rows.Bytes + ((long)_rows.Count * BytesOfKey * keys.Count) > run.Limits.MemoryBytes / 2) Spill();
        }
        // Rows that cannot be among the first are let go, so that a limit also limits memory.
        if (limit > 0 && _rows.Count > (2L * limit) + 20_000) Shrink();
    }

    /// <summary>The rows in order.</summary>
    internal IEnumerable<Batch> Sorted()
    {
        var order = RowSorter.Order(_rows, keys);
        if (_runs.Count == 0)
        {
            foreach (var batch in _rows.ToBatches(limit > 0 && order.Length > limit ? order[..limit] : order, run.BatchSize)) yield return batch;
            yield break;
        }
        var left = limit > 0 ? limit : long.MaxValue;
        var size = Math.Max(16, run.BatchSize / _runs.Count);
        var sources = _runs.Select(sorted => sorted.Read(size)).Append(_rows.ToBatches(order, run.BatchSize));
        foreach (var batch in new RowMerge<SortValue[][]>(sources, KeysOf, Compare).Read(run.BatchSize))
        {
            run.ThrowIfCancelled();
            yield return batch.Count <= left ? batch : batch.Select([.. Enumerable.Range(0, (int)left)]);
            if ((left -= batch.Count) <= 0) yield break;
        }
    }

    /// <summary>Gives the room on disk back. A run that ends early leaves that to the runtime.</summary>
    internal void Close()
    {
        foreach (var sorted in _runs) sorted.Dispose();
    }

    void Spill()
    {
        var order = RowSorter.Order(_rows, keys);
        if (limit > 0 && order.Length > limit) order = order[..limit];
        var sorted = new SpilledRows();
        _runs.Add(sorted);
        foreach (var batch in _rows.ToBatches(order, run.BatchSize)) sorted.Add(batch);
        var freed = _rows.Bytes + ((long)_rows.Count * BytesOfKey * keys.Count);
        _rows = new RowStore();
        FreedRows.Add(freed);
        run.Messages.Add($"{command}-disk", LimitMessages.OnDisk(command));
    }

    void Shrink()
    {
        var kept = RowSorter.Order(_rows, keys).AsSpan(0, limit).ToArray();
        // Equal rows are told apart by their place, so the kept ones stay in the order in which they came.
        Array.Sort(kept);
        var rows = new RowStore();
        foreach (var batch in _rows.ToBatches(kept, run.BatchSize)) rows.Add(batch);
        _rows = rows;
    }

    SortValue[][] KeysOf(Batch batch) =>
        [.. keys.Select(key => batch.Find(key.Field)?.Values is { } values ? Array.ConvertAll(values[..batch.Count], value => SortValue.Of(value, key.Kind)) : Array.ConvertAll(new Value[batch.Count], value => SortValue.Of(value, key.Kind)))];

    int Compare(SortValue[][] left, int leftRow, SortValue[][] right, int rightRow)
    {
        for (var k = 0; k < keys.Count; k++)
            if (SortValue.Compare(left[k][leftRow], right[k][rightRow], keys[k].Descending) is var order and not 0) return order;
        return 0;
    }
}
