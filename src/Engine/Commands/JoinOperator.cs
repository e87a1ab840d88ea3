using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>`join` without names: the fields are those that both sides have, which only all rows together tell.</summary>
sealed class JoinAllOperator(JoinStage stage, RunContext run) : KeptRows("join", run)
{
    protected override void GiveOut()
    {
        var right = SubsearchRows.Run(stage.Subsearch, Run.Limits.JoinRows, Run);
        var shared = Rows.Names.Where(name => !name.StartsWith('_') && Rows.HasField(name) && right.HasField(name)).ToArray();
        var inner = new JoinOperator(stage with { Fields = shared }, Run, new JoinTable(right, shared, right.Names)) { Next = new Sink(batch => Next.Push(batch)) };
        foreach (var batch in Rows.ToBatches(Run.BatchSize))
            if (!inner.Push(batch)) break;
    }
}

/// <summary>
/// The work of `join` in one run. Where the rows of the subsearch no longer fit into memory, both sides go to disk, parted by their key, and are joined part by part when the
/// last row has come; the number of each row then puts the results in order again.
/// </summary>
sealed class JoinOperator(JoinStage stage, RunContext run, JoinTable? table = null, int depth = 0) : Operator
{
    JoinTable? _table = table;
    JoinParts? _parts;
    long _number;

    public override bool Push(Batch batch)
    {
        run.ThrowIfCancelled();
        if (_table is null && _parts is null) ReadRight();
        if (_parts is null) return Join(batch);
        _parts.AddLeft(RowNumbers.Add(batch, ref _number));
        return true;
    }

    public override void Finish()
    {
        if (_parts is not null) JoinParts();
        Next.Finish();
    }

    void ReadRight()
    {
        var rows = new RowStore();
        SubsearchRows.Run(stage.Subsearch, run.Limits.JoinRows, run, batch =>
        {
            if (_parts is null) rows.Add(batch);
            else _parts.AddRight(batch);
            if (_parts is not null || JoinTable.BytesOf(rows) <= run.Limits.MemoryBytes / 2) return;
            _parts = Part(rows, []);
            var freed = JoinTable.BytesOf(rows);
            rows = new RowStore();
            FreedRows.Add(freed);
            run.Messages.Add("join-disk", LimitMessages.OnDisk("join"));
        });
        if (_parts is null) _table = new JoinTable(rows, stage.Fields, rows.Names);
    }

    JoinParts Part(RowStore right, IEnumerable<string> names)
    {
        var parts = new JoinParts(stage.Fields, depth);
        parts.Names.AddRange(names);
        foreach (var batch in right.ToBatches(run.BatchSize)) parts.AddRight(batch);
        return parts;
    }

    void JoinParts()
    {
        var results = new List<SpilledRows>();
        foreach (var (left, right) in _parts!.All)
        {
            var found = new SpilledRows();
            results.Add(found);
            FreedRows.Add(JoinPart(left, right, found));
        }
        _parts.Close();
        foreach (var batch in RowNumbers.Merge(results, run.BatchSize))
            if (!Next.Push(depth > 0 ? batch : RowNumbers.Remove(batch))) break;
        foreach (var result in results) result.Dispose();
    }

    // Gives the bytes that the part's rows took in memory.
    long JoinPart(SpilledRows left, SpilledRows? right, SpilledRows found)
    {
        var inner = Inner(right);
        inner.Next = new Sink(batch =>
        {
            found.Add(batch);
            return true;
        });
        foreach (var batch in left.Read(run.BatchSize)) inner.Push(batch);
        inner.Finish();
        return inner._table is { } table ? JoinTable.BytesOf(table.Rows) : 0;
    }

    // A part that is still too large is parted once more; one whose rows all have one key cannot be.
    JoinOperator Inner(SpilledRows? right)
    {
        var rows = new RowStore();
        if (right is null) return new JoinOperator(stage, run, new JoinTable(rows, stage.Fields, _parts!.Names), depth + 1);
        var batches = right.Read(run.BatchSize).GetEnumerator();
        while (batches.MoveNext())
        {
            rows.Add(batches.Current);
            var bytes = JoinTable.BytesOf(rows);
            if (bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("join", run.Limits.MemoryBytes));
            if (bytes <= run.Limits.MemoryBytes / 2 || depth + 1 >= RowPartitions.MostDepth) continue;
            var inner = new JoinOperator(stage, run, null, depth + 1);
            inner._parts = inner.Part(rows, _parts!.Names);
            while (batches.MoveNext()) inner._parts.AddRight(batches.Current);
            return inner;
        }
        return new JoinOperator(stage, run, new JoinTable(rows, stage.Fields, _parts!.Names), depth + 1);
    }

    bool Join(Batch batch)
    {
        var keys = stage.Fields.Select(batch.Find).ToArray();
        var times = batch.Find("_time")?.Values;
        var left = new List<int>(batch.Count);
        var right = new List<int>(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            var matched = 0;
            for (var partner = _table!.First(keys, row); partner >= 0; partner = _table.Next(partner))
            {
                if (stage.Most > 0 && matched == stage.Most) break;
                if (stage.UsesTime && !InTime(times is null ? Value.Null : times[row], _table.Rows.Get("_time", partner))) continue;
                left.Add(row);
                right.Add(partner);
                matched++;
                if (left.Count < run.BatchSize) continue;
                if (!PassOn(batch, left, right)) return false;
            }
            if (matched > 0 || !stage.KeepsUnmatched) continue;
            left.Add(row);
            right.Add(-1);
        }
        return left.Count == 0 || PassOn(batch, left, right);
    }

    bool PassOn(Batch batch, List<int> left, List<int> right)
    {
        var joined = batch.Select(left.ToArray());
        foreach (var name in _table!.Names)
        {
            var old = joined.Find(name)?.Values;
            // Internal fields of the row (_time, _raw) are its own.
            var keepsOld = !stage.Overwrites || name.StartsWith('_');
            var values = new Value[left.Count];
            for (var row = 0; row < values.Length; row++)
            {
                var mine = old is null ? Value.Null : old[row];
                var other = right[row] < 0 ? Value.Null : _table.Rows.Get(name, right[row]);
                values[row] = other.IsNull || (keepsOld && !mine.IsNull) ? mine : other;
            }
            joined = joined.With(name, values);
        }
        left.Clear();
        right.Clear();
        return Next.Push(joined);
    }

    bool InTime(Value row, Value partner) =>
        row.TryNumber(out var mine) && partner.TryNumber(out var other) && (stage.IsEarlier ? other <= mine : other >= mine);
}

/// <summary>The rows of a subsearch by their key; those with equal keys in their order. <paramref name="names"/> are its fields, also those that only other rows have.</summary>
sealed class JoinTable
{
    readonly Dictionary<RowKey, int> _first;
    readonly int[] _next;

    internal JoinTable(RowStore rows, IReadOnlyList<string> fields, IReadOnlyList<string> names)
    {
        Rows = rows;
        Names = names;
        _first = new Dictionary<RowKey, int>(rows.Count);
        _next = new int[rows.Count];
        for (var row = rows.Count - 1; row >= 0; row--)
        {
            var values = new Value[fields.Count];
            for (var i = 0; i < values.Length; i++) values[i] = rows.Get(fields[i], row);
            if (Array.Exists(values, static value => value.IsNull)) continue;
            var key = new RowKey(values);
            _next[row] = _first.GetValueOrDefault(key, -1);
            _first[key] = row;
        }
    }

    internal RowStore Rows { get; }

    internal IReadOnlyList<string> Names { get; }

    /// <summary>About how many bytes a table of such rows holds: each has a key of its own at the worst.</summary>
    internal static long BytesOf(RowStore rows) => rows.Bytes + (136L * rows.Count);

    /// <summary>The first row with the key of a row of a batch; -1 when there is none, or the key lacks a value.</summary>
    internal int First(Column?[] columns, int row)
    {
        var values = new Value[columns.Length];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = columns[k] is { } column ? column.Values[row] : Value.Null;
            if (values[k].IsNull) return -1;
        }
        return _first.GetValueOrDefault(new RowKey(values), -1);
    }

    /// <summary>The next row with the same key, or -1.</summary>
    internal int Next(int row) => _next[row];
}

/// <summary>Both sides of a join on disk, parted by their key.</summary>
sealed class JoinParts(IReadOnlyList<string> fields, int depth)
{
    readonly RowPartitions _left = new(depth);
    readonly RowPartitions _right = new(depth);

    /// <summary>The fields of the right side in the order first seen.</summary>
    internal List<string> Names { get; } = [];

    /// <summary>The parts that have rows on the left, each with its other side.</summary>
    internal IEnumerable<(SpilledRows Left, SpilledRows? Right)> All
    {
        get
        {
            for (var part = 0; part < RowPartitions.Parts; part++)
                if (_left[part] is { } left) yield return (left, _right[part]);
        }
    }

    internal void AddLeft(Batch batch) => Add(_left, batch, keepsBare: true);

    internal void AddRight(Batch batch)
    {
        foreach (var column in batch.Columns)
            if (!Names.Contains(column.Name)) Names.Add(column.Name);
        Add(_right, batch, keepsBare: false);
    }

    /// <summary>Gives the room on disk back.</summary>
    internal void Close()
    {
        _left.Close();
        _right.Close();
    }

    // A row without a whole key has no partner: on the left it may stay by itself.
    void Add(RowPartitions side, Batch batch, bool keepsBare)
    {
        var keys = fields.Select(batch.Find).ToArray();
        for (var row = 0; row < batch.Count; row++)
        {
            var isBare = Array.Exists(keys, key => key is null || key.Values[row].IsNull);
            if (isBare && !keepsBare) continue;
            side.Add(isBare ? default : Encoding.UTF8.GetBytes(string.Join('\u0001', keys.Select(key => key!.Values[row].ToString()))), batch, row);
        }
    }
}
