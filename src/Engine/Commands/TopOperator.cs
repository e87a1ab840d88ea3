using System.Globalization;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The work of `top` and `rare` in one run.</summary>
sealed class TopOperator : Operator
{
    readonly TopStage _stage;
    readonly RunContext _run;
    readonly GroupKey _key;
    readonly TextIndex _keys = new();
    readonly Action _count;
    long[] _counts = new long[64];

    internal TopOperator(TopStage stage, RunContext run)
    {
        _stage = stage;
        _run = run;
        _key = new GroupKey([.. stage.By, .. stage.Fields]);
        _count = Count;
    }

    public override bool Push(Batch batch)
    {
        _run.ThrowIfCancelled();
        if (!_key.Start(batch)) return true;
        for (var row = 0; row < batch.Count; row++)
        {
            if (!_key.TryBuild(row, out var many)) continue;
            if (many) _key.ForEach(row, false, _count);
            else Count();
        }
        var bytes = _keys.Bytes + (8L * _counts.Length);
        if (bytes > _run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory(_stage.Command, _run.Limits.MemoryBytes));
        return true;
    }

    public override void Finish()
    {
        var width = _key.Count;
        var keys = new Value[_keys.Count * width];
        for (var i = 0; i < _keys.Count; i++)
        {
            var (array, start) = _keys.PlaceOf(i);
            GroupKey.Read(array, start, keys, i * width, width);
        }
        var order = GroupOrder.Sort(keys, width);
        var rows = new List<(Value[] Cells, long Count, long Total)>();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && SameGroup(keys, order[start], order[end])) end++;
            GiveGroup(keys, order.AsSpan(start, end - start), rows);
            start = end;
        }
        PassOn(rows);
        Next.Finish();
    }

    void Count()
    {
        var index = _keys.Add(_key.Bytes, out _);
        if (index >= _counts.Length) Array.Resize(ref _counts, _counts.Length * 2);
        _counts[index]++;
    }

    bool SameGroup(Value[] keys, int left, int right)
    {
        for (var i = 0; i < _stage.By.Count; i++)
            if (!keys[(left * _key.Count) + i].Equals(keys[(right * _key.Count) + i])) return false;
        return true;
    }

    // Equally frequent values stay in the order of their text, which Splunk leaves open.
    void GiveGroup(Value[] keys, Span<int> members, List<(Value[] Cells, long Count, long Total)> rows)
    {
        var total = 0L;
        foreach (var member in members) total += _counts[member];
        int[] sorted = _stage.IsRare
            ? [.. members.ToArray().OrderBy(member => _counts[member])]
            : [.. members.ToArray().OrderByDescending(member => _counts[member])];
        var shown = _stage.Limit == 0 ? sorted.Length : Math.Min(_stage.Limit, sorted.Length);
        var left = total;
        for (var i = 0; i < shown; i++)
        {
            rows.Add((keys.AsSpan(sorted[i] * _key.Count, _key.Count).ToArray(), _counts[sorted[i]], total));
            left -= _counts[sorted[i]];
        }
        if (_stage.Other is not { } other || left == 0) return;
        var cells = new Value[_key.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = i < _stage.By.Count ? keys[(members[0] * _key.Count) + i] : Value.FromText(other);
        rows.Add((cells, left, total));
    }

    void PassOn(List<(Value[] Cells, long Count, long Total)> rows)
    {
        string[] names = [.. _stage.By, .. _stage.Fields];
        for (var start = 0; start < rows.Count; start += _run.BatchSize)
        {
            var count = Math.Min(_run.BatchSize, rows.Count - start);
            var batch = new Batch(count, []);
            for (var c = 0; c < names.Length; c++) batch = With(batch, names[c], row => row.Cells[c]);
            if (_stage.CountField is { } counts) batch = With(batch, counts, row => Value.FromNumber(row.Count));
            if (_stage.PercentField is { } percents)
                batch = With(batch, percents, row => Value.FromText((100.0 * row.Count / row.Total).ToString("0.000000", CultureInfo.InvariantCulture)));
            if (!Next.Push(batch)) return;

            Batch With(Batch to, string name, Func<(Value[] Cells, long Count, long Total), Value> value)
            {
                var values = new Value[count];
                for (var r = 0; r < count; r++) values[r] = value(rows[start + r]);
                return to.With(name, values);
            }
        }
    }
}
