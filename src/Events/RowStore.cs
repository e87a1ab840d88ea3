namespace Karst.Events;

/// <summary>
/// Rows kept beyond their batch: the one place where blocking commands copy. Field values are detached; rows keep their order.
/// </summary>
public sealed class RowStore
{
    readonly List<string> _names = [];
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly List<KeptColumn> _columns = [];

    // Where keys are data, columns are many and nearly empty: a batch of them shall not hold more places than this.
    const int MostCells = 1 << 20;

    /// <summary>How many rows are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Field names in the order first seen.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>About how many bytes are held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Keeps all rows of a batch.</summary>
    public void Add(Batch batch)
    {
        for (var row = 0; row < batch.Count; row++) Add(batch, row);
    }

    /// <summary>Keeps one row of a batch.</summary>
    public void Add(Batch batch, int row)
    {
        foreach (var column in batch.Columns)
        {
            var index = IndexOf(column.Name);
            _columns[index].IsShown |= column.IsShown;
            var value = column.Values[row];
            if (value.IsNull) continue;
            Bytes += _columns[index].Set(Count, value.Detach());
        }
        Count++;
    }

    /// <summary>A field's value in a kept row.</summary>
    public Value Get(string name, int row) =>
        _index.TryGetValue(name, out var index) ? _columns[index][row] : Value.Null;

    /// <summary>
    /// Some kept row has the field, or its column is shown by name. A column alone says little: a batch has one for each field of its rows, also of those
    /// that a filter dropped.
    /// </summary>
    public bool HasField(string name) => _index.TryGetValue(name, out var index) && (_columns[index].IsShown || _columns[index].MeetsRows(0, Count - 1));

    /// <summary>The rows given by index, as batches of at most <paramref name="size"/>.</summary>
    public IEnumerable<Batch> ToBatches(IReadOnlyList<int> rows, int size)
    {
        size = Math.Min(size, Math.Max(64, MostCells / Math.Max(1, _names.Count)));
        for (var start = 0; start < rows.Count; start += size)
        {
            var count = Math.Min(size, rows.Count - start);
            var wanted = new int[count];
            for (var r = 0; r < count; r++) wanted[r] = rows[start + r];
            var (first, last) = (wanted.Min(), wanted.Max());
            var columns = new Column[_names.Count];
            Value[]? none = null;
            for (var c = 0; c < columns.Length; c++)
                columns[c] = new Column(_names[c], _columns[c].MeetsRows(first, last) ? _columns[c].Take(wanted) : none ??= new Value[count]) { IsShown = _columns[c].IsShown };
            yield return new Batch(count, columns);
        }
    }

    /// <summary>All rows in the order kept, as batches of at most <paramref name="size"/>.</summary>
    public IEnumerable<Batch> ToBatches(int size) => ToBatches([.. Enumerable.Range(0, Count)], size);

    int IndexOf(string name)
    {
        if (_index.TryGetValue(name, out var index)) return index;
        index = _names.Count;
        _names.Add(name);
        _index[name] = index;
        _columns.Add(new KeptColumn());
        return index;
    }

    /// <summary>A field's values from the first row that has it to the last.</summary>
    sealed class KeptColumn
    {
        readonly List<Value> _values = [];
        int _first;

        internal bool IsShown { get; set; }

        internal Value this[int row] => (uint)(row - _first) < (uint)_values.Count ? _values[row - _first] : Value.Null;

        /// <summary>Some of these rows may have a value.</summary>
        internal bool MeetsRows(int first, int last) => first < _first + _values.Count && last >= _first;

        internal Value[] Take(ReadOnlySpan<int> rows)
        {
            var values = new Value[rows.Length];
            for (var r = 0; r < values.Length; r++) values[r] = this[rows[r]];
            return values;
        }

        /// <summary>Puts the value of a later row than all before; gives the bytes that are held more.</summary>
        internal long Set(int row, Value value)
        {
            if (_values.Count == 0) _first = row;
            var gap = row - _first - _values.Count;
            for (var i = 0; i < gap; i++) _values.Add(Value.Null);
            _values.Add(value);
            return (16L * gap) + value.KeptBytes;
        }
    }
}
