using System.Runtime.CompilerServices;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The work of `stats` in one run.</summary>
sealed class StatsOperator : Operator
{
    readonly StatsStage _stage;
    readonly RunContext _run;
    readonly AggregationInputs _inputs;
    Groups _groups;
    readonly GroupKey _key;
    readonly Action _addCombination;
    readonly int _depth;
    readonly LaterFilterRun? _later;
    SpilledGroups? _spilled;
    Batch? _batch;
    int _row;

    /// <summary>The work over all rows, or so many times parted over those that went to disk.</summary>
    internal StatsOperator(StatsStage stage, RunContext run, int depth = 0)
    {
        _depth = depth;
        _stage = stage;
        _run = run;
        _inputs = new AggregationInputs(stage.Aggregations, stage.By, run);
        _groups = NewGroups();
        _key = new GroupKey(stage.By);
        _addCombination = AddRow;
        if (depth == 0) _later = stage.Later?.Open(run);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Push(Batch batch)
    {
        if (_later is not null) batch = _later.Apply(batch, _groups.Count);
        if (batch.Count == 0 || !_key.Start(batch)) return true;
        _inputs.Start(batch);
        _batch = batch;
        for (_row = 0; _row < batch.Count; _row++)
        {
            if (!_key.TryBuild(_row, out var many)) continue;
            if (many) _key.ForEach(_row, _stage.SplitsDistinct, _addCombination);
            else AddRow();
        }
        _groups.Check(batch.Count);
        if (_spilled is null && _groups.IsCrowded && _depth < RowPartitions.MostDepth && SpilledGroups.CanHold(_stage)) _spilled = new SpilledGroups(_stage, _run, _depth);
        return true;
    }

    // Where memory is short, groups that are not known yet go to disk.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddRow()
    {
        if (_spilled is null) _groups.Add(_groups.Find(_key.Bytes), _row);
        else if (_groups.FindKnown(_key.Bytes) is var group and >= 0) _groups.Add(group, _row);
        else _spilled.Add(_key.Bytes, _batch!, _row);
    }

    public override void Finish()
    {
        if (_stage.By.Count == 0) GiveOutTotal();
        else if (_spilled is null)
        {
            GiveOutGroups(Next);
            Forget(isFollowed: _depth > 0);
        }
        else
        {
            GiveOutGroups(_spilled.Known());
            Forget(isFollowed: true);
            foreach (var batch in _spilled.Sorted())
                if (!Next.Push(batch)) break;
            _spilled.Close();
        }
        Next.Finish();
    }

    // What the next search of a run needs is there before the run ends; what the next part needs, at once.
    void Forget(bool isFollowed)
    {
        var freed = _groups.Free();
        _groups = NewGroups();
        if (isFollowed) FreedRows.Add(freed);
    }

    Groups NewGroups() => new("stats", _inputs, _stage.AllNumbers, _run);

    // Without BY there is one row also when no rows came, as long as an aggregate has a value then: count and dc are 0.
    void GiveOutTotal()
    {
        var none = _groups.Count == 0;
        _groups.Find([]);
        var slots = _inputs.ColumnOrder();
        var columns = Array.ConvertAll(slots, slot => new Column(_inputs.Slots[slot].Name, [_groups.Result(0, slot)]));
        if (!none || Array.Exists(columns, column => !column.Values[0].IsNull)) Next.Push(new Batch(1, columns));
    }

    void GiveOutGroups(Operator next)
    {
        var width = _stage.By.Count;
        var keys = new Value[_groups.Count * width];
        for (var group = 0; group < _groups.Count; group++) _groups.ReadKey(group, keys, group * width, width);
        var order = GroupOrder.Sort(keys, width);
        var slots = _inputs.ColumnOrder();
        for (var start = 0; start < order.Length; start += _run.BatchSize)
        {
            _run.ThrowIfCancelled();
            var rows = order.AsSpan(start, Math.Min(_run.BatchSize, order.Length - start));
            var columns = new Column[width + slots.Length];
            for (var c = 0; c < columns.Length; c++)
            {
                var values = new Value[rows.Length];
                for (var r = 0; r < values.Length; r++)
                    values[r] = c < width ? keys[(rows[r] * width) + c] : _groups.Result(rows[r], slots[c - width]);
                columns[c] = new Column(c < width ? _stage.By[c] : _inputs.Slots[slots[c - width]].Name, values);
            }
            if (!next.Push(new Batch(rows.Length, columns))) return;
        }
    }
}
