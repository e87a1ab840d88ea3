using System.Collections.Concurrent;
using Karst.Engine.Knowledge.Lookups;
using Karst.Events;

namespace Karst.Engine.Knowledge;

/// <summary>A lookup: rows with named columns in memory, and how a row is found. Immutable; safe for several threads.</summary>
public sealed class LookupTable
{
    /// <summary>The most bytes that a table may have.</summary>
    public const long LargestFile = 1L << 30;

    readonly CsvTable _table;
    readonly ConcurrentDictionary<string, LookupIndex> _indexes = new(StringComparer.Ordinal);

    LookupTable(LookupDefinition definition, CsvTable table)
    {
        Definition = definition;
        _table = table;
    }

    /// <summary>What says how rows are matched.</summary>
    public LookupDefinition Definition { get; }

    /// <summary>The columns in the order of the file; names are case-sensitive.</summary>
    public IReadOnlyList<string> Columns => _table.Columns;

    /// <summary>How many rows.</summary>
    public int Count => _table.Rows;

    /// <summary>A column's values by row, or null when there is no such column.</summary>
    public Value[]? Column(string name)
    {
        var index = Array.IndexOf(_table.Columns, name);
        return index < 0 ? null : _table.Cells[index];
    }

    /// <summary>The table of a CSV file; throws what file access throws.</summary>
    public static LookupTable Read(LookupDefinition definition, string path) => new(definition, CsvTable.Read(path, LargestFile));

    /// <summary>The table of CSV text.</summary>
    public static LookupTable Parse(LookupDefinition definition, byte[] csv) => new(definition, CsvTable.Parse(csv));

    /// <summary>A table with columns and no rows: a collection that nobody has written to.</summary>
    public static LookupTable Empty(LookupDefinition definition) =>
        Parse(definition, System.Text.Encoding.UTF8.GetBytes(string.Join(',', definition.Fields)));

    /// <summary>The index over some columns, which exist; built once.</summary>
    internal LookupIndex IndexOn(IReadOnlyList<string> columns) =>
        _indexes.GetOrAdd(string.Join('\0', columns), _ => LookupIndex.Create(
            [.. columns.Select(column => Column(column)!)],
            [.. columns.Select(column => Definition.MatchTypes.GetValueOrDefault(column, LookupMatch.Exact))],
            Definition.CaseSensitive,
            Count));
}
