using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The work of `streamstats` in one run.</summary>
sealed class StreamstatsOperator : Operator
{
    readonly StreamstatsStage _stage;
    readonly RunContext _run;
    readonly AggregationInputs _inputs;
    readonly GroupKey _key;
    readonly ExpressionRun? _before;
    readonly ExpressionRun? _after;
    readonly List<Queue<Entry>> _windows = [];
    Groups _groups;
    byte[]? _last;

    // A row that a window may still hold: its group, its time, its inputs.
    sealed record Entry(int Group, double Time, Value[] Inputs);

    internal StreamstatsOperator(StreamstatsStage stage, RunContext run)
    {
        _stage = stage;
        _run = run;
        _inputs = new AggregationInputs(stage.Aggregations, stage.By, run);
        _groups = NewGroups();
        _key = new GroupKey(stage.By);
        _before = stage.ResetBefore?.Open(run);
        _after = stage.ResetAfter?.Open(run);
    }

    bool HasWindow => _stage.Window > 0 || _stage.TimeWindow > 0;

    public override bool Push(Batch batch)
    {
        var hasKeys = _key.Start(batch);
        var times = batch.Find("_time")?.Values;
        _inputs.Start(batch);
        _before?.Start(batch);
        var slots = _inputs.Slots;
        var columns = new Value[slots.Count][];
        for (var s = 0; s < columns.Length; s++)
        {
            columns[s] = new Value[batch.Count];
            batch.Find(slots[s].Name)?.Values.AsSpan(0, batch.Count).CopyTo(columns[s]);
        }
        for (var row = 0; row < batch.Count; row++)
        {
            if (_before?.IsTrue(row) == true) Reset();
            if (!hasKeys || !_key.TryBuild(row, out _)) continue;
            if (_stage.ResetOnChange) ResetWhenChanged();
            var group = _groups.Find(_key.Bytes);
            if (HasWindow) Slide(group, row, times is not null && times[row].TryNumber(out var time) ? time : double.NaN, columns);
            else Run(group, row, columns);
            if (_after is not null && IsLast(batch, row, columns)) Reset();
        }
        _groups.Check(batch.Count);
        for (var s = 0; s < columns.Length; s++) batch = batch.With(slots[s].Name, columns[s]);
        return Next.Push(batch);
    }

    Groups NewGroups() => new("streamstats", _inputs, _stage.AllNumbers, _run);

    void Reset()
    {
        _groups = NewGroups();
        _windows.Clear();
    }

    void ResetWhenChanged()
    {
        if (_last is not null && !_key.Bytes.SequenceEqual(_last)) Reset();
        if (_last is null || !_key.Bytes.SequenceEqual(_last)) _last = _key.Bytes.ToArray();
    }

    void Run(int group, int row, Value[][] columns)
    {
        if (_stage.Current) _groups.Add(group, row);
        // The accumulator goes on with the next row, so the result is copied.
        for (var s = 0; s < columns.Length; s++) columns[s][row] = _groups.Result(group, s).Detach();
        if (!_stage.Current) _groups.Add(group, row);
    }

    void Slide(int group, int row, double time, Value[][] columns)
    {
        var slots = _inputs.Slots;
        var inputs = new Value[slots.Count];
        for (var s = 0; s < inputs.Length; s++) inputs[s] = AggregationInputs.Read(slots[s], row).Detach();
        var window = WindowOf(group);
        var entry = new Entry(group, _stage.TimeWindow > 0 ? time : _inputs.Time(row), inputs);
        if (_stage.Current) window.Enqueue(entry);
        while (window.TryPeek(out var oldest) && IsOut(window, oldest, time)) window.Dequeue();
        for (var s = 0; s < columns.Length; s++)
        {
            var accumulator = slots[s].Source.Open(_run, _stage.AllNumbers);
            foreach (var one in window)
                if (one.Group == group) accumulator.Add(one.Inputs[s], one.Time);
            columns[s][row] = accumulator.Result().Detach();
        }
        if (!_stage.Current) window.Enqueue(entry);
    }

    bool IsOut(Queue<Entry> window, Entry oldest, double time)
    {
        if (_stage.TimeWindow == 0) return window.Count > _stage.Window;
        if (!(Math.Abs(oldest.Time - time) < _stage.TimeWindow)) return true;
        if (window.Count <= StreamstatsStage.MostWindow) return false;
        _run.Messages.Add("streamstats-window", $"a window of time held more than {StreamstatsStage.MostWindow} rows; the oldest were left out");
        return true;
    }

    Queue<Entry> WindowOf(int group)
    {
        var index = _stage.Global ? 0 : group;
        while (_windows.Count <= index) _windows.Add(new Queue<Entry>());
        return _windows[index];
    }

    bool IsLast(Batch batch, int row, Value[][] columns)
    {
        var one = batch.Select([row]);
        for (var s = 0; s < columns.Length; s++) one = one.With(_inputs.Slots[s].Name, [columns[s][row]]);
        _after!.Start(one);
        return _after.IsTrue(0);
    }
}
