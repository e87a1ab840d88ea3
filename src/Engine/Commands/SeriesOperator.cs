using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// The work of `chart` and `timechart` in one run. Rows are kept where the size of buckets is found from the values, or where series beyond the limit
/// are aggregated anew as one: only all rows tell which those are.
/// </summary>
sealed class SeriesOperator : KeptRows
{
    // More empty buckets than this are no chart any more: they are left out, and a message says so.
    const int MostBuckets = 100_000;

    readonly SeriesStage _stage;
    readonly bool _keepsRows;
    SeriesTable? _table;
    SpanLength? _rowSize;
    SpanLength? _seriesSize;

    internal SeriesOperator(SeriesStage stage, RunContext run) : base(stage.Command, run)
    {
        _stage = stage;
        _rowSize = stage.Rows?.Bins?.Span ?? WindowSize();
        _seriesSize = stage.Series?.Bins?.Span;
        var limits = stage.Series is not null && stage.Options.Limit is { Value: > 0 } or { Test: not SeriesTest.Top } && stage.Options.UsesOther;
        _keepsRows = (stage.Rows is { NeedsRange: true } && _rowSize is null) || stage.Series is { NeedsRange: true } || limits;
        if (!_keepsRows) _table = NewTable(static name => name);
    }

    public override bool Push(Batch batch)
    {
        if (_keepsRows) return base.Push(batch);
        _table!.Add(batch);
        return true;
    }

    protected override void GiveOut()
    {
        if (_keepsRows)
        {
            _rowSize ??= Size(_stage.Rows);
            _seriesSize ??= Size(_stage.Series);
            _table = Filled(static name => name);
        }
        var kept = KeptSeries(_table!);
        if (kept is not null && _stage.Options.UsesOther)
        {
            _table = Filled(name => kept.Contains(name) || IsNull(name) ? name : _stage.Options.Other);
            kept = null;
        }
        PassOn(new SeriesRows(_stage, _table!, Run, _rowSize, kept).Batches(MostBuckets));
    }

    SeriesTable NewTable(Func<string, string?> rename) => new(_stage, Run, _rowSize, _seriesSize, rename);

    SeriesTable Filled(Func<string, string?> rename)
    {
        var table = NewTable(rename);
        foreach (var batch in Rows.ToBatches(Run.BatchSize)) table.Add(batch);
        return table;
    }

    // Null when all series are kept. The one for rows without the field does not count.
    HashSet<string>? KeptSeries(SeriesTable table)
    {
        if (_stage.Series is null || _stage.Options.Limit is not { } limit) return null;
        var judged = table.Columns() is [var first, ..] ? first : null;
        var series = new Dictionary<string, List<Value>>(StringComparer.Ordinal);
        foreach (var (name, group) in table.Cells().Values.SelectMany(row => row).Where(cell => !IsNull(cell.Key)))
        {
            if (!series.TryGetValue(name, out var values)) series[name] = values = [];
            values.Add(judged is null ? Value.Null : table.Result(group, judged));
        }
        var kept = limit.Keep(series.Select(one => (one.Key, one.Value.AsEnumerable())), Run);
        return kept.Count == series.Count ? null : kept;
    }

    bool IsNull(string name) => _stage.Options.UsesNull && name == _stage.Options.Null;

    // The window of the search decides before any row has come.
    SpanLength? WindowSize() =>
        _stage is { FillsWindow: true, Rows: { NeedsRange: true, Bins: { } bins } } && Run.Earliest > 0 && double.IsFinite(Run.Latest)
            ? BinRangeStage.Size("_time", bins, Run.Earliest, Run.Latest)
            : null;

    SpanLength? Size(SeriesAxis? axis) => axis?.Bins is { } bins ? BinRangeStage.Size(Rows, axis.Field, bins) : null;
}
