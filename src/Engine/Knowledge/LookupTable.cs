using System.Collections.Concurrent;
using Karst.Engine.Knowledge.Collections;
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

    /// <summary>What a run that reads the table has to tell; null for nothing.</summary>
    public string? Notice { get; private init; }

    /// <summary>A column's values by row, or null when there is no such column. A collection that names no fields may have any.</summary>
    public Value[]? Column(string name)
    {
        var index = Array.IndexOf(_table.Columns, name);
        return index >= 0 ? _table.Cells[index] : Definition is { Collection: not null, Fields.Count: 0 } ? new Value[Count] : null;
    }

    /// <summary>The table of a CSV file; throws what file access throws.</summary>
    public static LookupTable Read(LookupDefinition definition, string path) => new(definition, CsvTable.Read(path, LargestFile));

    /// <summary>The table of CSV text.</summary>
    public static LookupTable Parse(LookupDefinition definition, byte[] csv) => new(definition, CsvTable.Parse(csv));

    /// <summary>The records of a collection.</summary>
    internal static LookupTable Of(LookupDefinition definition, IReadOnlyList<(string Key, string Document)> records)
    {
        var columns = new List<string>(definition.Fields.Distinct());
        var isOpen = columns.Count == 0;
        var cells = columns.ConvertAll(_ => new Value[records.Count]);
        for (var row = 0; row < records.Count; row++)
        {
            foreach (var (name, value) in RecordText.Read(records[row].Document).Append(("_key", Value.FromText(records[row].Key))))
            {
                var column = columns.IndexOf(name);
                if (column < 0)
                {
                    if (!isOpen) continue;
                    column = columns.Count;
                    columns.Add(name);
                    cells.Add(new Value[records.Count]);
                }
                cells[column][row] = value;
            }
        }
        return new LookupTable(definition, new CsvTable([.. columns], [.. cells], records.Count));
    }

    /// <summary>A collection where there is no state folder that could hold it: it has no records, and the run says so.</summary>
    internal static LookupTable Stateless(LookupDefinition definition) => new(definition, new CsvTable([.. definition.Fields.Distinct()], [.. definition.Fields.Distinct().Select(_ => Array.Empty<Value>())], 0))
    {
        Notice = $"the lookup `{definition.Name}` is read as empty: it is the KV store collection `{definition.Collection}`, and no state folder is given",
    };

    /// <summary>The index over some columns, which exist; built once.</summary>
    internal LookupIndex IndexOn(IReadOnlyList<string> columns) =>
        _indexes.GetOrAdd(string.Join('\0', columns), _ => LookupIndex.Create(
            [.. columns.Select(column => Column(column)!)],
            [.. columns.Select(column => Definition.MatchTypes.GetValueOrDefault(column, LookupMatch.Exact))],
            Definition.CaseSensitive,
            Count));
}
