namespace Karst.Events;

/// <summary>
/// Rows kept beyond their batch: the one place where blocking commands copy. Field values are detached; rows keep their order.
/// </summary>
public sealed class RowStore
{
    readonly List<string> _names = [];
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly List<List<Value>> _columns = [];

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
            var value = column.Values[row];
            if (value.IsNull) continue;
            var values = _columns[index];
            while (values.Count < Count) values.Add(Value.Null);
            values.Add(value.Detach());
            Bytes += 40 + value.Utf8.Length;
        }
        Count++;
    }

    /// <summary>A field's value in a kept row.</summary>
    public Value Get(string name, int row) =>
        _index.TryGetValue(name, out var index) && row < _columns[index].Count ? _columns[index][row] : Value.Null;

    /// <summary>The rows given by index, as batches of at most <paramref name="size"/>.</summary>
    public IEnumerable<Batch> ToBatches(IReadOnlyList<int> rows, int size)
    {
        for (var start = 0; start < rows.Count; start += size)
        {
            var count = Math.Min(size, rows.Count - start);
            var columns = new Column[_names.Count];
            for (var c = 0; c < columns.Length; c++)
            {
                var values = new Value[count];
                var from = _columns[c];
                for (var r = 0; r < count; r++)
                {
                    var row = rows[start + r];
                    if (row < from.Count) values[r] = from[row];
                }
                columns[c] = new Column(_names[c], values);
            }
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
        _columns.Add([]);
        return index;
    }
}
