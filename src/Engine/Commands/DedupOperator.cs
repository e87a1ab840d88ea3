using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// The work of `dedup` in one run. Where the keys no longer fit into memory, rows with a key that is not known yet go to disk, parted by key, and are looked at when the last has come;
/// the number of each row then puts all of them in order again.
/// </summary>
sealed class DedupOperator(DedupStage stage, RunContext run, int depth = 0) : Operator
{
    readonly Dictionary<RowKey, int> _seen = [];
    RowPartitions? _unknown;
    // Rows with numbers that wait for those on disk; first those that were known to stay.
    readonly List<SpilledRows> _results = [];
    RowKey? _last;
    long _number;
    int _run;
    long _bytes;

    public override bool Push(Batch batch)
    {
        run.ThrowIfCancelled();
        var keys = new Column?[stage.Keys.Count];
        for (var k = 0; k < keys.Length; k++) keys[k] = batch.Find(stage.Keys[k]);
        if (_unknown is not null) batch = RowNumbers.Add(batch, ref _number);
        var kept = new List<int>(batch.Count);
        var bare = stage.KeepsEvents ? new List<int>() : null;
        for (var row = 0; row < batch.Count; row++)
        {
            if (IsFirst(keys, row, batch) is not { } isFirst) continue;
            if (!isFirst) bare?.Add(kept.Count);
            if (isFirst || bare is not null) kept.Add(row);
        }
        if (_unknown is null && _bytes > run.Limits.MemoryBytes / 2 && depth < RowPartitions.MostDepth)
        {
            _unknown = new RowPartitions(depth);
            _results.Add(new SpilledRows());
            run.Messages.Add("dedup-disk", LimitMessages.OnDisk("dedup"));
        }
        if (_bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("dedup", run.Limits.MemoryBytes));
        if (kept.Count == 0) return true;
        var result = kept.Count == batch.Count ? batch : batch.Select(kept.ToArray());
        if (bare is { Count: > 0 }) result = Strip(result, bare);
        if (_results.Count == 0 || !RowNumbers.Has(result)) return Next.Push(result);
        _results[0].Add(result);
        return true;
    }

    public override void Finish()
    {
        if (_unknown is not null) GiveOutSpilled();
        Next.Finish();
    }

    void GiveOutSpilled()
    {
        _seen.Clear();
        foreach (var part in _unknown!.All)
        {
            var found = new SpilledRows();
            _results.Add(found);
            var inner = new DedupOperator(stage, run, depth + 1)
            {
                Next = new Sink(batch =>
                {
                    found.Add(batch);
                    return true;
                }),
            };
            foreach (var batch in part.Read(run.BatchSize)) inner.Push(batch);
            inner.Finish();
        }
        foreach (var batch in RowNumbers.Merge(_results, run.BatchSize))
            if (!Next.Push(depth > 0 ? batch : RowNumbers.Remove(batch))) break;
        _unknown.Close();
        foreach (var result in _results) result.Dispose();
    }

    // Null for a row that went to disk.
    bool? IsFirst(Column?[] columns, int row, Batch batch)
    {
        var values = new Value[columns.Length];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = columns[k] is { } column ? column.Values[row] : Value.Null;
            // Splunk drops a row that lacks any of the keys unless keepempty=true.
            if (values[k].IsNull) return stage.KeepsEmpty;
        }
        var key = new RowKey(values);
        if (stage.IsConsecutive)
        {
            _run = _last is { } last && last.Equals(key) ? _run + 1 : 1;
            _last = key.Detach();
            return _run <= stage.Count;
        }
        var count = _seen.GetValueOrDefault(key);
        if (count >= stage.Count) return false;
        if (count == 0)
        {
            if (_unknown is not null)
            {
                _unknown.Add(Encoding.UTF8.GetBytes(string.Join('\u0001', values.Select(static value => value.ToString()))), batch, row);
                return null;
            }
            key = key.Detach();
            _bytes += key.Bytes;
        }
        _seen[key] = count + 1;
        return true;
    }

    Batch Strip(Batch batch, List<int> bare)
    {
        foreach (var key in stage.Keys)
        {
            if (batch.Find(key) is not { } column) continue;
            var values = column.Values.AsSpan(0, batch.Count).ToArray();
            foreach (var row in bare) values[row] = Value.Null;
            batch = batch.With(key, values);
        }
        return batch;
    }
}
