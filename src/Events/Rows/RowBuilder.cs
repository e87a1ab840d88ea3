namespace Karst.Events;

/// <summary>Gathers rows field by field into a batch; columns stand in the order in which their fields first came.</summary>
public sealed class RowBuilder
{
    readonly List<(string Name, List<Value> Values)> _columns = [];
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>How many rows are finished.</summary>
    public int Count { get; private set; }

    /// <summary>Sets a field of the row at hand.</summary>
    public void Set(string name, Value value)
    {
        if (!_index.TryGetValue(name, out var at))
        {
            _index[name] = at = _columns.Count;
            _columns.Add((name, []));
        }
        var values = _columns[at].Values;
        while (values.Count < Count) values.Add(Value.Null);
        if (values.Count == Count) values.Add(value);
        else values[Count] = value;
    }

    /// <summary>Finishes the row at hand.</summary>
    public void Next() => Count++;

    /// <summary>The rows so far as a batch; the builder begins anew, without columns.</summary>
    public Batch Take()
    {
        var columns = new Column[_columns.Count];
        for (var c = 0; c < columns.Length; c++)
        {
            var values = new Value[Count];
            _columns[c].Values.CopyTo(0, values, 0, Math.Min(Count, _columns[c].Values.Count));
            columns[c] = new Column(_columns[c].Name, values);
        }
        var batch = new Batch(Count, columns);
        Count = 0;
        _columns.Clear();
        _index.Clear();
        return batch;
    }
}
