using System.Runtime.CompilerServices;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The work of `stats` in one run.</summary>
sealed class StatsOperator : Operator
{
    readonly StatsStage _stage;
    readonly RunContext _run;
    readonly AggregationInputs _inputs;
    readonly Groups _groups;
    readonly GroupKey _key;
    readonly Action _addCombination;
    int _row;

    internal StatsOperator(StatsStage stage, RunContext run)
    {
        _stage = stage;
        _run = run;
        _inputs = new AggregationInputs(stage.Aggregations, stage.By, run);
        _groups = new Groups("stats", _inputs, stage.AllNumbers, run);
        _key = new GroupKey(stage.By);
        _addCombination = () => _groups.Add(_groups.Find(_key.Bytes), _row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Push(Batch batch)
    {
        if (!_key.Start(batch)) return true;
        _inputs.Start(batch);
        for (_row = 0; _row < batch.Count; _row++)
        {
            if (!_key.TryBuild(_row, out var many)) continue;
            if (many) _key.ForEach(_row, _stage.SplitsDistinct, _addCombination);
            else _groups.Add(_groups.Find(_key.Bytes), _row);
        }
        _groups.Check(batch.Count);
        return true;
    }

    public override void Finish()
    {
        if (_stage.By.Count == 0) GiveOutTotal();
        else GiveOutGroups();
        Next.Finish();
    }

    // Without BY there is one row also when no rows came, as long as an aggregate has a value then: count and dc are 0.
    void GiveOutTotal()
    {
        var none = _groups.Count == 0;
        _groups.Find([]);
        var slots = _inputs.ColumnOrder();
        var columns = Array.ConvertAll(slots, slot => new Column(_inputs.Slots[slot].Name, [_groups.Result(0, slot)]));
        if (!none || Array.Exists(columns, column => !column.Values[0].IsNull)) Next.Push(new Batch(1, columns));
    }

    void GiveOutGroups()
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
            if (!Next.Push(new Batch(rows.Length, columns))) return;
        }
    }
}
