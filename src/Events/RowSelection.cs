namespace Karst.Events;

/// <summary>
/// Rows chosen of one batch after the other, as <see cref="Batch.Select"/> does, in columns that are used again: a selection holds only until the next one, or the
/// next of another that has the same room.
/// </summary>
public sealed class RowSelection(ColumnRoom room)
{
    Column[] _columns = [];

    /// <summary>The same columns, only the rows whose indices are given, in that order.</summary>
    public Batch Of(Batch batch, ReadOnlySpan<int> rows)
    {
        var from = batch.Columns;
        if (_columns.Length != from.Length) _columns = new Column[from.Length];
        var isKept = true;
        for (var c = 0; c < from.Length; c++)
        {
            var values = from[c].Values;
            var to = room.Of(c, rows.Length);
            for (var r = 0; r < rows.Length; r++) to[r] = values[rows[r]];
            if (_columns[c] is not { } known || known.Values != to || known.Name != from[c].Name || known.IsShown != from[c].IsShown)
                _columns[c] = new Column(from[c].Name, to) { IsShown = from[c].IsShown };
            isKept &= room.Holds(c, to);
        }
        var selected = new Batch(rows.Length, _columns) { Ranks = batch.RanksOf(rows) };
        // What the room has no place for goes with the batch: there may be thousands of selections.
        if (!isKept) _columns = [];
        return selected;
    }
}
