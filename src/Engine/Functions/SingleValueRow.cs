using Karst.Engine.Expressions;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>A row like another one, in which one field stands for one value at a time.</summary>
readonly ref struct SingleValueRow
{
    readonly Row _row;
    readonly Value[] _cell;

    SingleValueRow(Row row, Value[] cell)
    {
        _row = row;
        _cell = cell;
    }

    /// <summary>Copies the fields of the row, so that its index is 0 and one cell can be set.</summary>
    internal static SingleValueRow Begin(in Row row, int slot)
    {
        var columns = new Column?[row.Columns.Length];
        for (var i = 0; i < columns.Length; i++)
            if (row.Columns[i] is { } column) columns[i] = new Column(column.Name, [column.Values[row.Index]]);
        var cell = new Value[1];
        columns[slot] = new Column("", cell);
        return new SingleValueRow(new Row(columns, 0, row.Run), cell);
    }

    /// <summary>The row with the value in the field's place; holds until the next call.</summary>
    internal Row With(Value value)
    {
        _cell[0] = value;
        return _row;
    }
}
