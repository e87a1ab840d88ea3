using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>A chart's cells as rows: sorted by the field of the rows, buckets without rows among them, the columns in order.</summary>
sealed class SeriesRows(SeriesStage stage, SeriesTable table, RunContext run, SpanLength? size, HashSet<string>? kept)
{
    /// <summary>The rows, with at most so many buckets filled in.</summary>
    internal IEnumerable<Batch> Batches(int mostBuckets)
    {
        var cells = table.Cells();
        var rows = Places(cells, mostBuckets);
        var series = SeriesNames(cells);
        var shown = table.Columns();
        for (var start = 0; start < rows.Count; start += run.BatchSize)
        {
            run.ThrowIfCancelled();
            var part = rows.GetRange(start, Math.Min(run.BatchSize, rows.Count - start));
            var columns = new List<Column>();
            var headers = new HashSet<string>(StringComparer.Ordinal);
            if (stage.Rows is { } axis) columns.Add(new Column(axis.Field, [.. part.Select(place => axis.Label(place, size, run.Zone))]));
            foreach (var column in shown)
                foreach (var name in series)
                {
                    var header = stage.Series is null ? column.Name : stage.Options.ColumnName(column.Name, name, shown.Count == 1);
                    if (header == stage.Rows?.Field || !headers.Add(header)) continue;
                    columns.Add(new Column(header, [.. part.Select(place => Cell(cells, place, name, column))]));
                }
            yield return new Batch(part.Count, [.. columns]);
        }
    }

    Value Cell(Dictionary<Value, Dictionary<string, int>> cells, Value place, string name, SeriesTable.Shown column)
    {
        int? group = cells.TryGetValue(place, out var row) && row.TryGetValue(name, out var found) ? found : null;
        var result = table.Result(group, column);
        if (column.PerSeconds is not (> 0 and var seconds) || !result.TryNumber(out var sum) || !place.TryNumber(out var start) || size is null) return result;
        return Value.FromNumber(sum * seconds / (SeriesAxis.Next(start, size, run.Zone) - start));
    }

    // Series by name, then the one without a value, then all others.
    List<string> SeriesNames(Dictionary<Value, Dictionary<string, int>> cells)
    {
        if (stage.Series is null) return [""];
        var names = cells.Values.SelectMany(row => row.Keys).Distinct().Where(name => kept is null || kept.Contains(name) || IsNull(name)).ToList();
        names.Sort((one, other) => Rank(one) != Rank(other) ? Rank(one) - Rank(other) : string.CompareOrdinal(one, other));
        return names;
    }

    int Rank(string name) => IsNull(name) ? 1 : stage.Options.UsesOther && name == stage.Options.Other ? 2 : 0;

    bool IsNull(string name) => stage.Options.UsesNull && name == stage.Options.Null;

    List<Value> Places(Dictionary<Value, Dictionary<string, int>> cells, int mostBuckets)
    {
        if (stage.Rows is null) return cells.Count == 0 ? [Value.Empty] : [.. cells.Keys];
        if (kept is not null) foreach (var (place, row) in cells.ToArray()) if (!row.Keys.Any(name => kept.Contains(name) || IsNull(name))) cells.Remove(place);
        var places = cells.Keys.ToArray();
        var order = GroupOrder.Sort(places, 1);
        var sorted = order.Select(place => places[place]).ToList();
        if (size is null || sorted.Count == 0) return sorted;
        var filled = stage.Options.IsContinuous && size is not LogSpan ? Filled(sorted, mostBuckets) : sorted;
        return stage.KeepsPartial ? filled : [.. filled.Where(IsWhole)];
    }

    List<Value> Filled(List<Value> sorted, int mostBuckets)
    {
        var numbers = sorted.Select(place => place.TryNumber(out var number) ? number : double.NaN).Where(double.IsFinite).ToList();
        if (numbers.Count == 0) return sorted;
        var (first, last) = (numbers[0], numbers[^1]);
        if (stage.FillsWindow && size is TimeLength time)
        {
            var align = stage.Rows!.Bins?.Align?.Resolve(run) ?? 0;
            if (run.Earliest > 0) first = Math.Min(first, time.Start(run.Earliest, run.Zone, align));
            // The end of the window does not belong to it.
            if (double.IsFinite(run.Latest)) last = Math.Max(last, time.Start(run.Latest - 0.001, run.Zone, align));
        }
        var filled = new List<Value>();
        for (var start = first; start <= last; start = SeriesAxis.Next(start, size!, run.Zone))
        {
            if (filled.Count == mostBuckets)
            {
                run.Messages.Add("bucket-limit", $"`{stage.Command}` would have more than {mostBuckets} buckets, so those without rows are left out; a larger span has fewer");
                return sorted;
            }
            filled.Add(Value.FromNumber(start));
        }
        // What is no number has no place among the buckets and comes behind them.
        filled.AddRange(sorted.Where(place => !place.TryNumber(out _)));
        return filled;
    }

    bool IsWhole(Value place) =>
        !place.TryNumber(out var start)
        || ((run.Earliest <= 0 || start >= run.Earliest) && (!double.IsFinite(run.Latest) || SeriesAxis.Next(start, size!, run.Zone) <= run.Latest));
}
