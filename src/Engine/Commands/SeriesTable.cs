using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The cells of a chart: rows by a first field, series by a second, an accumulator for each aggregate in each.</summary>
sealed class SeriesTable
{
    const string RowField = "row";
    const string SeriesField = "series";

    readonly SeriesStage _stage;
    readonly RunContext _run;
    readonly AggregationInputs _inputs;
    readonly Groups _groups;
    readonly GroupKey _key;
    readonly SpanLength? _rowSize;
    readonly SpanLength? _seriesSize;
    readonly double _align;
    readonly Func<string, string?> _rename;

    /// <summary>
    /// A table without rows. <paramref name="rename"/> gives the series that a series counts for: itself, that of all others, or null where it is left out.
    /// </summary>
    internal SeriesTable(SeriesStage stage, RunContext run, SpanLength? rowSize, SpanLength? seriesSize, Func<string, string?> rename)
    {
        _stage = stage;
        _run = run;
        _rowSize = rowSize;
        _seriesSize = seriesSize;
        _rename = rename;
        _align = stage.Rows?.Bins?.Align?.Resolve(run) ?? 0;
        _inputs = new AggregationInputs(stage.Aggregations, [], run);
        _groups = new Groups(stage.Command, _inputs, allNumbers: false, run);
        _key = new GroupKey([RowField, SeriesField]);
    }

    /// <summary>The columns of aggregates, in order: a pattern's are those of the fields that it covers.</summary>
    internal IReadOnlyList<Shown> Columns()
    {
        var slots = _inputs.ColumnOrder().ToLookup(slot => _inputs.Slots[slot].Aggregation);
        var shown = new List<Shown>();
        var next = 0;
        foreach (var column in _stage.Columns)
        {
            var own = Enumerable.Range(next, column.Aggregations.Count).SelectMany(aggregation => slots[aggregation]).ToArray();
            next += column.Aggregations.Count;
            if (column.Formula is { } formula) shown.Add(new Shown(formula.Name, own, formula, 0));
            else shown.AddRange(own.Select(slot => new Shown(_inputs.Slots[slot].Name, [slot], null, _inputs.Slots[slot].Source.Function.PerSeconds)));
        }
        return shown;
    }

    /// <summary>Adds a batch.</summary>
    internal void Add(Batch batch)
    {
        var rows = _stage.Rows is null ? null : batch.Find(_stage.Rows.Field)?.Values;
        if (_stage.Rows is not null && rows is null) return;
        var series = _stage.Series is null ? null : batch.Find(_stage.Series.Field)?.Values;
        var rowKeys = new Value[batch.Count];
        var seriesKeys = new Value[batch.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            rowKeys[row] = _stage.Rows is null ? Value.Empty : Value.FromMany(_stage.Rows.Places(rows![row], _rowSize, _align, _run.Zone));
            seriesKeys[row] = SeriesOf(series is null ? Value.Null : series[row]);
        }
        _key.Start(new Batch(batch.Count, [new Column(RowField, rowKeys), new Column(SeriesField, seriesKeys)]));
        _inputs.Start(batch);
        for (var row = 0; row < batch.Count; row++)
        {
            if (!_key.TryBuild(row, out var many)) continue;
            var at = row;
            if (many) _key.ForEach(row, _stage.Options.SplitsDistinct, () => _groups.Add(_groups.Find(_key.Bytes), at));
            else _groups.Add(_groups.Find(_key.Bytes), row);
        }
        _groups.Check(batch.Count);
    }

    /// <summary>The cells by row and series; a row's place is the start of its bucket.</summary>
    internal Dictionary<Value, Dictionary<string, int>> Cells()
    {
        var cells = new Dictionary<Value, Dictionary<string, int>>();
        var key = new Value[2];
        for (var group = 0; group < _groups.Count; group++)
        {
            _groups.ReadKey(group, key, 0, 2);
            if (!cells.TryGetValue(key[0], out var row)) cells[key[0].Detach()] = row = new Dictionary<string, int>(StringComparer.Ordinal);
            row[key[1].ToString()] = group;
        }
        return cells;
    }

    /// <summary>A column's result in a group, or that of no rows.</summary>
    internal Value Result(int? group, Shown column) => column.Formula is { } formula
        ? formula.Compute(column.Slots.Select(slot => (_inputs.Slots[slot].Source.Name, Result(group, slot))), _run)
        : Result(group, column.Slots[0]);

    Value Result(int? group, int slot) => group is { } found ? _groups.Result(found, slot) : _inputs.Slots[slot].Source.Open(_run, false).Result();

    // Without a second field there is one series, which has no name.
    Value SeriesOf(Value value)
    {
        if (_stage.Series is null) return Value.Empty;
        if (value.IsNull) return _stage.Options.UsesNull && _rename(_stage.Options.Null) is { } missing ? Value.FromText(missing) : Value.Null;
        var names = new List<Value>();
        foreach (var place in _stage.Series.Places(value, _seriesSize, 0, _run.Zone))
            if (_rename(_stage.Series.Label(place, _seriesSize, _run.Zone).ToString()) is { } name) names.Add(Value.FromText(name));
        return Value.FromMany(names);
    }

    /// <summary>A column of the table: its name in the header, what it is made of, and the factor of an aggregate that counts per time.</summary>
    internal sealed record Shown(string Name, int[] Slots, AggregateFormula? Formula, double PerSeconds);
}
