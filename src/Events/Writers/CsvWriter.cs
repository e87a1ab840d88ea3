using System.Buffers;

namespace Karst.Events;

/// <summary>
/// CSV (RFC 4180, `\n` at line ends) with a header. Rows may differ in their fields and the header needs all of them, so rows are kept until the end,
/// up to a limit; where the columns are known beforehand, rows are written as they come. A multivalue stands in one cell, a value a line.
/// </summary>
sealed class CsvWriter(Stream output, WriterOptions options) : RowWriter
{
    static readonly SearchValues<byte> s_quoted = SearchValues.Create(",\"\n\r"u8);

    readonly OutputBuffer _output = new(output);
    readonly RowStore _rows = new();
    bool _headed;

    public override void Write(Batch batch)
    {
        if (options.Columns is { } columns)
        {
            WriteHeader(columns);
            WriteRows(batch, columns);
            _output.Flush();
            return;
        }
        _rows.Add(batch);
        if (_rows.Bytes > options.MaxHeldBytes) throw new OutputLimitException("csv", options.MaxHeldBytes);
    }

    public override void Finish()
    {
        if (options.Columns is { } columns) WriteHeader(columns);
        else if (_rows.Names.Count > 0)
        {
            WriteHeader(_rows.Names);
            foreach (var batch in _rows.ToBatches(1024)) WriteRows(batch, _rows.Names);
        }
        _output.Flush();
    }

    void WriteHeader(IReadOnlyList<string> names)
    {
        if (_headed) return;
        _headed = true;
        for (var c = 0; c < names.Count; c++)
        {
            if (c > 0) _output.Add((byte)',');
            WriteCell(System.Text.Encoding.UTF8.GetBytes(names[c]));
        }
        _output.Add((byte)'\n');
    }

    void WriteRows(Batch batch, IReadOnlyList<string> names)
    {
        var columns = new Column?[names.Count];
        for (var c = 0; c < columns.Length; c++) columns[c] = batch.Find(names[c]);
        for (var row = 0; row < batch.Count; row++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                if (c > 0) _output.Add((byte)',');
                var value = columns[c] is { } column ? column.Values[row] : Value.Null;
                if (names[c] == "_time") value = TimeCell.Iso(value, options.Zone);
                // A row of one empty field would else be an empty line, which readers skip.
                if (names.Count == 1 && !value.IsNull && value.AsUtf8().IsEmpty) _output.Add("\"\""u8);
                else if (!value.IsNull) WriteCell(value.AsUtf8());
            }
            _output.Add((byte)'\n');
        }
    }

    void WriteCell(ReadOnlySpan<byte> text)
    {
        text = OutputBuffer.Valid(text);
        if (text.IsEmpty || (text.IndexOfAny(s_quoted) < 0 && text[0] > ' ' && text[^1] > ' '))
        {
            _output.Add(text);
            return;
        }
        _output.Add((byte)'"');
        while (true)
        {
            var quote = text.IndexOf((byte)'"');
            if (quote < 0) break;
            _output.Add(text[..(quote + 1)]);
            _output.Add((byte)'"');
            text = text[(quote + 1)..];
        }
        _output.Add(text);
        _output.Add((byte)'"');
    }
}
