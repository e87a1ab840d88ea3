using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>From the rows of a batch to those who may want each, by keys: the values of a field are looked up once for all.</summary>
sealed class RowIndex
{
    readonly List<FieldIndex> _fields = [];

    /// <summary>For each of <paramref name="keys"/>, which may be null, its own number.</summary>
    internal RowIndex(IReadOnlyList<RowKey?> keys)
    {
        Found = new RouteRows(keys.Count);
        for (var number = 0; number < keys.Count; number++)
        {
            if (keys[number] is not { } key) continue;
            foreach (var (field, trait) in key.Traits)
            {
                var index = _fields.Find(known => known.Field == field);
                if (index is null) _fields.Add(index = new FieldIndex(field));
                index.Add(trait, number);
            }
        }
    }

    /// <summary>The rows of the last batch by number.</summary>
    internal RouteRows Found { get; }

    /// <summary>Looks up all rows of a batch.</summary>
    internal void Look(Batch batch)
    {
        Found.Clear();
        var fields = new List<(FieldIndex Index, Value[] Values)>(_fields.Count);
        foreach (var field in _fields)
            if (batch.Find(field.Field) is { } column) fields.Add((field, column.Values));
        if (fields.Count == 0) return;
        for (var row = 0; row < batch.Count; row++)
        {
            Found.At(row);
            foreach (var (index, values) in fields) index.Find(values[row], Found);
        }
    }
}
