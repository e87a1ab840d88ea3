using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// Filters that stand behind an aggregation and read nothing but its BY fields, with what renames or calculates these on the way: they hold for all rows of a group
/// or for none. The filters stay where they are; this only says early which rows need not be grouped, and may let too many through.
/// </summary>
/// <param name="Chains">Each ends with a filter.</param>
/// <param name="Reads">The BY fields that they read.</param>
public sealed record LaterFilter(IReadOnlyList<IReadOnlyList<Stage>> Chains, IReadOnlyList<string> Reads)
{
    /// <inheritdoc/>
    public override string ToString() => $" keeping [{string.Join("] [", Chains.Select(chain => string.Join(" | ", chain.Select(stage => stage.Describe()))))}]";

    internal LaterFilterRun Open(RunContext run) => new(this, run);
}

/// <summary>A filter of rows before they are grouped, as long as that seems to save work: where there are many groups, and few of them stay.</summary>
sealed class LaterFilterRun
{
    // Rows that are grouped without a look at them: where they fall into few groups the filter is cheaper behind them.
    const int MostBefore = 512;
    const int RowsToJudge = 4_096;

    readonly LaterFilter _filter;
    readonly StageChain[] _chains;
    readonly int _before;
    bool[] _keeps = [];
    int[] _ranks = [];
    int[] _rows = [];
    long _seen;
    long _looked;
    long _kept;
    bool _isOff;

    internal LaterFilterRun(LaterFilter filter, RunContext run)
    {
        _filter = filter;
        _before = Math.Min(MostBefore, run.BatchSize);
        // What there is to say the filters say that come later.
        run = run.Beside();
        _chains = [.. filter.Chains.Select(chain => new StageChain(chain, run, new Sink(Mark)))];
    }

    /// <summary>The rows that may be in a group that stays; <paramref name="groups"/> is how many groups there are so far.</summary>
    internal Batch Apply(Batch batch, int groups)
    {
        if (_isOff) return batch;
        if (_looked == 0)
        {
            if (_seen < _before)
            {
                _seen += batch.Count;
                return batch;
            }
            _isOff = groups * 2L < _seen;
            if (_isOff) return batch;
        }
        _looked += batch.Count;
        foreach (var chain in _chains)
        {
            batch = Apply(chain, batch);
            if (batch.Count == 0) break;
        }
        _kept += batch.Count;
        _isOff |= _looked > RowsToJudge && _kept * 4 > _looked * 3;
        return batch;
    }

    Batch Apply(StageChain chain, Batch batch)
    {
        if (_keeps.Length < batch.Count)
        {
            _keeps = new bool[batch.Count];
            _rows = new int[batch.Count];
        }
        if (_ranks.Length != batch.Count) _ranks = [.. Enumerable.Range(0, batch.Count)];
        Array.Clear(_keeps, 0, batch.Count);
        var columns = new List<Column>(_filter.Reads.Count);
        foreach (var name in _filter.Reads)
            if (batch.Find(name) is { } column) columns.Add(new Column(name, AsKeys(column.Values, batch.Count)));
        try
        {
            chain.First.Push(new Batch(batch.Count, [.. columns]) { Ranks = _ranks });
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            _isOff = true;
            return batch;
        }
        var kept = 0;
        for (var row = 0; row < batch.Count; row++)
            if (_keeps[row]) _rows[kept++] = row;
        return kept == batch.Count ? batch : batch.Select(_rows.AsSpan(0, kept));
    }

    bool Mark(Batch batch)
    {
        foreach (var row in batch.Ranks!) _keeps[row] = true;
        return true;
    }

    // As the group will have them. A row with several values is in several groups, and stays.
    Value[] AsKeys(Value[] values, int count)
    {
        Value[]? changed = null;
        for (var row = 0; row < count; row++)
        {
            var value = values[row];
            if (value.IsText || value.IsNull) continue;
            changed ??= values.AsSpan(0, count).ToArray();
            if (value.IsMultivalue)
            {
                _keeps[row] = true;
                changed[row] = Value.Null;
            }
            else changed[row] = value.AsText();
        }
        return changed ?? values;
    }
}
