using Karst.Events;

namespace Karst.Detection;

/// <summary>One result row, kept: its fields in column order, absent ones left out.</summary>
public sealed class ResultRow(IReadOnlyList<KeyValuePair<string, Value>> fields)
{
    /// <summary>The fields in order.</summary>
    public IReadOnlyList<KeyValuePair<string, Value>> Fields { get; } = fields;

    /// <summary>A field's value, or absent.</summary>
    public Value this[string name]
    {
        get
        {
            foreach (var field in Fields)
                if (field.Key == name) return field.Value;
            return Value.Null;
        }
    }

    /// <summary>Copies a row out of a batch.</summary>
    public static ResultRow From(Batch batch, int row)
    {
        var fields = new List<KeyValuePair<string, Value>>(batch.Columns.Length);
        foreach (var column in batch.Columns)
            if (!column.Values[row].IsNull) fields.Add(new(column.Name, column.Values[row].Detach()));
        return new ResultRow(fields);
    }
}
