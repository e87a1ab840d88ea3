namespace Karst.Events;

/// <summary>The fields of one CSV record.</summary>
static class CsvRecord
{
    /// <summary>Puts the record's fields, unquoted and copied, into the list.</summary>
    public static void Split(ReadOnlySpan<byte> record, List<Value> cells, byte delimiter = (byte)',')
    {
        cells.Clear();
        var start = 0;
        while (true)
        {
            start = start < record.Length && record[start] == '"' ? Quoted(record, start, cells, delimiter) : Plain(record, start, cells, delimiter);
            if (start >= record.Length) break;
            start++;
            if (start == record.Length)
            {
                cells.Add(Value.Empty);
                break;
            }
        }
    }

    static int Plain(ReadOnlySpan<byte> record, int start, List<Value> cells, byte delimiter)
    {
        var length = record[start..].IndexOf(delimiter);
        if (length < 0) length = record.Length - start;
        cells.Add(Value.FromUtf8(record.Slice(start, length)));
        return start + length;
    }

    static int Quoted(ReadOnlySpan<byte> record, int start, List<Value> cells, byte delimiter)
    {
        var text = new byte[record.Length - start - 1];
        var length = 0;
        var at = start + 1;
        while (at < record.Length)
        {
            var quote = record[at..].IndexOf((byte)'"');
            var run = quote < 0 ? record.Length - at : quote;
            record.Slice(at, run).CopyTo(text.AsSpan(length));
            length += run;
            at += run + 1;
            if (quote < 0 || at >= record.Length || record[at] != '"') break;
            text[length++] = (byte)'"';
            at++;
        }
        // What stands between the closing quote and the delimiter belongs to the field, as most readers have it.
        var rest = at < record.Length ? record[at..].IndexOf(delimiter) : 0;
        if (rest < 0) rest = record.Length - at;
        if (at < record.Length) record.Slice(at, rest).CopyTo(text.AsSpan(length));
        length += rest;
        cells.Add(Value.FromUtf8(text.AsSpan(0, length)));
        return Math.Min(at, record.Length) + rest;
    }
}
