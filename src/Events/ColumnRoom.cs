namespace Karst.Events;

/// <summary>Arrays for columns of batches, used again for each: rows hold only until they were pushed. Who pushes into a chain that comes back to the same room needs another.</summary>
public sealed class ColumnRoom
{
    // 1 MB; larger batches are seldom, and have arrays of their own.
    const int MostKept = 1 << 16;

    Value[]?[] _columns = [];
    int _kept;

    /// <summary>The array of a column, by its 0-based place, for so many rows or more. It holds what it held.</summary>
    public Value[] Of(int column, int rows)
    {
        if (column < _columns.Length && _columns[column] is { } known && known.Length >= rows) return known;
        var values = new Value[rows];
        if (column >= _columns.Length) Array.Resize(ref _columns, Math.Max(column + 1, 2 * _columns.Length));
        var more = rows - (_columns[column]?.Length ?? 0);
        if (_kept + more > MostKept) return values;
        _kept += more;
        return _columns[column] = values;
    }

    /// <summary>The array is the room's own, and not one that it had no place for.</summary>
    internal bool Holds(int column, Value[] values) => _columns[column] == values;
}
