namespace Karst.Events;

/// <summary>
/// Reads lines that are rows already: each a JSON object whose keys are fields, in the order of the input. `_time` is an epoch or ISO 8601 and becomes a
/// number; `_raw` is that key, else the line.
/// </summary>
public sealed class RowReader
{
    readonly EventReader _reader;
    readonly TimeZoneInfo _zone;
    readonly int _batchRows;
    readonly string _display;
    readonly Action<InputProblem> _problem;

    RowReader(EventReader reader, string display, TimeZoneInfo zone, int batchRows, Action<InputProblem> problem)
    {
        _reader = reader;
        _display = display;
        _zone = zone;
        _batchRows = Math.Max(batchRows, 1);
        _problem = problem;
    }

    /// <summary>The rows of an input in batches of at most <paramref name="batchRows"/>; a line that is no JSON object is reported as `broken-row` and left out.</summary>
    public static IEnumerable<Batch> Read(
        InputFile file, TimeZoneInfo zone, int batchRows, Action<InputProblem> problem, CancellationToken cancellation, ReaderOptions? options = null)
    {
        var lines = (options ?? ReaderOptions.Default) with { Kind = EventKind.JsonLines };
        using var reader = EventInput.Open(file, lines, problem, cancellation);
        foreach (var batch in new RowReader(reader, file.Display, zone, batchRows, problem).Batches()) yield return batch;
    }

    IEnumerable<Batch> Batches()
    {
        var block = new RawBlock();
        var rows = new RowBuilder();
        var line = 0L;
        while (_reader.Read(block))
        {
            foreach (var raw in block.Events)
            {
                line++;
                Add(block.Buffer.AsSpan(raw.Offset, raw.Length), line, rows);
                if (rows.Count == _batchRows) yield return rows.Take();
            }
        }
        if (rows.Count > 0) yield return rows.Take();
    }

    void Add(ReadOnlySpan<byte> line, long number, RowBuilder rows)
    {
        var fields = JsonRow.Parse(line);
        if (fields is null)
        {
            _problem(new InputProblem("broken-row", _display, "the line is not one JSON object and was left out", number));
            return;
        }
        foreach (var (name, value) in fields) rows.Set(name, name == "_time" ? Moment(value) : value);
        if (!fields.Exists(static field => field.Key == "_raw")) rows.Set("_raw", Value.FromUtf8(line));
        rows.Next();
    }

    Value Moment(Value value) => value.IsText && EventTime.TryParse(value.Utf8, _zone, out var epoch) ? Value.FromNumber(epoch) : value;
}
