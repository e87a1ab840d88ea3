using Karst.Events;

namespace Karst.Engine.Paths;

/// <summary>
/// Gathers extracted fields row by row into the columns of a batch; a field that is found replaces the one that the row had. Texts with very many different
/// fields would make very many, nearly empty columns: a batch is cut in pieces before that.
/// </summary>
sealed class FieldCollector
{
    const int ManyFields = 1_000;
    const int MostCells = 2_000_000;
    const int MostNames = 50_000;

    readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    readonly List<Slot> _touched = [];
    readonly List<Slot> _active = [];
    Batch _batch = new(0, []);
    int _from;
    long _cells;

    internal sealed class Slot(string name)
    {
        internal string Name { get; } = name;

        internal Value[]? Column { get; set; }

        internal List<Value> Pending { get; } = [];
    }

    /// <summary>Changes when slots handed out before are no longer used.</summary>
    internal int Generation { get; private set; }

    /// <summary>Begins a batch. So many distinct names mean that keys are data: they are then forgotten.</summary>
    internal void Start(Batch batch)
    {
        _batch = batch;
        _from = 0;
        if (_slots.Count <= MostNames) return;
        _slots.Clear();
        Generation++;
    }

    /// <summary>The place of a field; may be kept until the generation changes.</summary>
    internal Slot SlotOf(string name)
    {
        if (!_slots.TryGetValue(name, out var slot)) _slots[name] = slot = new Slot(name);
        return slot;
    }

    /// <summary>Adds a value of the row at hand.</summary>
    internal void Add(Slot slot, Value value)
    {
        if (slot.Pending.Count == 0) _touched.Add(slot);
        slot.Pending.Add(value);
    }

    /// <summary>Finishes the row; true when the rows so far have to be taken before the next.</summary>
    internal bool EndRow(int row)
    {
        foreach (var slot in _touched)
        {
            Room(slot, row - _from + 1)[row - _from] = slot.Pending.Count == 1 ? slot.Pending[0] : Value.FromMany(slot.Pending);
            slot.Pending.Clear();
        }
        _touched.Clear();
        return _cells > MostCells && row + 1 < _batch.Count;
    }

    /// <summary>The rows since the last piece up to, not including, <paramref name="end"/>, with the fields found.</summary>
    internal Batch Take(int end)
    {
        var count = end - _from;
        var columns = new List<Column>(_batch.Columns.Length + _active.Count);
        foreach (var column in _batch.Columns)
            columns.Add(_slots.TryGetValue(column.Name, out var slot) && slot.Column is not null
                ? new Column(column.Name, Room(slot, count))
                : _from == 0 ? column : new Column(column.Name, column.Values.AsSpan(_from, count).ToArray()));
        foreach (var slot in _active)
        {
            if (_batch.Find(slot.Name) is null) columns.Add(new Column(slot.Name, Room(slot, count)));
            slot.Column = null;
        }
        _active.Clear();
        _cells = 0;
        var from = _from;
        _from = end;
        return new Batch(count, [.. columns]) { Ranks = _batch.Ranks is { } ranks ? ranks[from..end] : null };
    }

    // The slot's column with room for so many rows; rows without the field have what they had.
    Value[] Room(Slot slot, int count)
    {
        var old = slot.Column;
        if (old is not null && old.Length >= count) return old;
        if (old is null) _active.Add(slot);
        var length = _batch.Count - _from;
        if (_active.Count > ManyFields) length = Math.Min(length, Math.Max(count, 2 * (old?.Length ?? 0)));
        var column = new Value[length];
        var done = old?.Length ?? 0;
        old?.CopyTo(column, 0);
        if (_batch.Find(slot.Name) is { } before) Array.Copy(before.Values, _from + done, column, done, length - done);
        _cells += length - done;
        return slot.Column = column;
    }
}
