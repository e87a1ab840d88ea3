namespace Karst.Events;

/// <summary>One field's values over the rows of a batch. The array may be longer than the batch.</summary>
public sealed class Column(string name, Value[] values)
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <summary>A value a row; absent where the row lacks the field.</summary>
    public Value[] Values { get; } = values;

    /// <summary>The column was asked for by name (`table`) and counts as a field also where no row has a value.</summary>
    public bool IsShown { get; init; }
}

/// <summary>
/// Rows in columns, on their way through a pipeline. Batches are not changed once made: a command makes a new one that shares the
/// columns it leaves alone. Values may point into a reader's buffer and hold only until <c>Push</c> returns, unless detached.
/// </summary>
public sealed class Batch
{
    readonly Column[] _columns;
    Dictionary<string, Column>? _byName;

    /// <summary>A batch of <paramref name="count"/> rows; column names are distinct and their order is the output's order.</summary>
    public Batch(int count, Column[] columns)
    {
        Count = count;
        _columns = columns;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The columns in order.</summary>
    public ReadOnlySpan<Column> Columns => _columns;

    /// <summary>Which of many each row comes from, for who asks behind the stages: of events that are put back in order, of rows that filters choose from; else null.</summary>
    public int[]? Ranks { get; init; }

    /// <summary>The column of a field, or null when no row of this batch has it.</summary>
    public Column? Find(string name)
    {
        if (_columns.Length <= 8)
        {
            foreach (var column in _columns)
                if (column.Name == name) return column;
            return null;
        }
        if (_byName is null)
        {
            _byName = new Dictionary<string, Column>(_columns.Length, StringComparer.Ordinal);
            foreach (var column in _columns) _byName[column.Name] = column;
        }
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The same rows with a column added, or put in the place of the one with its name.</summary>
    public Batch With(string name, Value[] values)
    {
        var at = Array.FindIndex(_columns, column => column.Name == name);
        Column[] columns = at < 0 ? [.. _columns, new Column(name, values)] : [.. _columns];
        if (at >= 0) columns[at] = new Column(name, values) { IsShown = _columns[at].IsShown };
        return WithColumns(columns);
    }

    /// <summary>The same rows with these columns in place of all others.</summary>
    public Batch WithColumns(Column[] columns) => new(Count, columns) { Ranks = Ranks };

    /// <summary>The same columns, only the rows whose indices are given, in that order; an index may come more than once.</summary>
    public Batch Select(ReadOnlySpan<int> rows)
    {
        var columns = new Column[_columns.Length];
        for (var c = 0; c < columns.Length; c++)
        {
            var from = _columns[c].Values;
            var to = new Value[rows.Length];
            for (var r = 0; r < to.Length; r++) to[r] = from[rows[r]];
            columns[c] = new Column(_columns[c].Name, to) { IsShown = _columns[c].IsShown };
        }
        return new Batch(rows.Length, columns) { Ranks = RanksOf(rows) };
    }

    internal int[]? RanksOf(ReadOnlySpan<int> rows)
    {
        if (Ranks is null) return null;
        var ranks = new int[rows.Length];
        for (var r = 0; r < ranks.Length; r++) ranks[r] = Ranks[rows[r]];
        return ranks;
    }

    /// <summary>The same rows in columns of their own.</summary>
    public Batch Copy() => WithColumns(Array.ConvertAll(_columns, column => new Column(column.Name, column.Values.AsSpan(0, Count).ToArray()) { IsShown = column.IsShown }));
}
