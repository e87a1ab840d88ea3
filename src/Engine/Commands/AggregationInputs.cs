using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>What aggregates read in one run: finds their columns in each batch, computes eval inputs, and makes a slot for each field that a pattern covers.</summary>
sealed class AggregationInputs
{
    static readonly Value s_one = Value.FromNumber(1);

    readonly IReadOnlyList<Aggregation> _aggregations;
    readonly IReadOnlyList<string> _by;
    readonly RunContext _run;
    readonly List<Slot> _slots = [];
    readonly HashSet<(int, string)> _covered = [];
    readonly List<(int Aggregation, Column Column)> _uncovered = [];
    readonly bool _hasPatterns;
    readonly bool _needsTime;
    Column? _time;

    internal AggregationInputs(IReadOnlyList<Aggregation> aggregations, IReadOnlyList<string> by, RunContext run)
    {
        _aggregations = aggregations;
        _by = by;
        _run = run;
        _needsTime = aggregations.Any(aggregation => aggregation.Function.NeedsTime);
        for (var i = 0; i < aggregations.Count; i++)
        {
            var aggregation = aggregations[i];
            if (aggregation.IsPattern) _hasPatterns = true;
            else _slots.Add(new Slot(i, aggregation, aggregation.Field, aggregation.Name) { Eval = aggregation.Eval?.Open(run) });
        }
    }

    /// <summary>A pattern may cover fields of this batch that no row had so far.</summary>
    internal bool HasUncovered => _uncovered.Count > 0;

    /// <summary>The slots so far; more come when a pattern meets new fields.</summary>
    internal List<Slot> Slots => _slots;

    /// <summary>The slots in the order of the columns: as written, a pattern's by name.</summary>
    internal int[] ColumnOrder() =>
        [.. Enumerable.Range(0, _slots.Count).OrderBy(slot => _slots[slot].Aggregation).ThenBy(slot => _slots[slot].Name, StringComparer.Ordinal)];

    /// <summary>Finds the columns of a batch.</summary>
    internal void Start(Batch batch)
    {
        if (_hasPatterns) FindUncovered(batch);
        if (_needsTime) _time = batch.Find("_time");
        foreach (var slot in _slots)
        {
            if (slot.Field is not null) slot.Column = batch.Find(slot.Field)?.Values;
            slot.Eval?.Start(batch);
        }
    }

    /// <summary>A slot's input of a row: absent when the row has none.</summary>
    internal static Value Read(Slot slot, int row)
    {
        if (slot.Field is not null) return slot.Column is { } values ? values[row] : Value.Null;
        if (slot.Eval is null) return s_one;
        var value = slot.Eval.Evaluate(row);
        // count(eval(condition)) counts the rows for which the condition is true.
        return value.IsBool ? value.IsTrue ? s_one : Value.Null : value;
    }

    /// <summary>The row's time, NaN when it has none or nothing asks for it.</summary>
    internal double Time(int row) => _time is not null && _time.Values[row].TryNumber(out var time) ? time : double.NaN;

    /// <summary>Makes slots for fields of a row that patterns cover and no row before had. Only rows that count say so: those that a filter or a missing BY field dropped have a column too.</summary>
    internal void Cover(int row)
    {
        for (var i = _uncovered.Count - 1; i >= 0; i--)
        {
            var (aggregation, column) = _uncovered[i];
            if (column.Values[row].IsNull) continue;
            AddSlot(aggregation, column);
            _uncovered.RemoveAt(i);
        }
    }

    void FindUncovered(Batch batch)
    {
        _uncovered.Clear();
        for (var i = 0; i < _aggregations.Count; i++)
        {
            var aggregation = _aggregations[i];
            if (!aggregation.IsPattern) continue;
            foreach (var column in batch.Columns)
            {
                if (!FieldArgument.Covers(aggregation.Field!, column.Name) || _by.Contains(column.Name) || _covered.Contains((i, column.Name))) continue;
                if (column.IsShown) AddSlot(i, column);
                else _uncovered.Add((i, column));
            }
        }
    }

    void AddSlot(int aggregation, Column column)
    {
        _covered.Add((aggregation, column.Name));
        var source = _aggregations[aggregation];
        _slots.Add(new Slot(aggregation, source, column.Name, source.NameFor(column.Name)) { Column = column.Values });
    }

    /// <summary>One input and the column that its results go to.</summary>
    internal sealed class Slot(int aggregation, Aggregation source, string? field, string name)
    {
        internal int Aggregation { get; } = aggregation;

        internal Aggregation Source { get; } = source;

        internal string? Field { get; } = field;

        internal string Name { get; } = name;

        internal ExpressionRun? Eval { get; init; }

        internal Value[]? Column { get; set; }

        /// <summary>No row of the batch has the field, so there is nothing to add.</summary>
        internal bool IsAbsent => Field is not null && Column is null;
    }
}
