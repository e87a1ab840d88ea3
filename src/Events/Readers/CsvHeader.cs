namespace Karst.Events;

/// <summary>Tells a CSV header from a log line that happens to hold commas.</summary>
static class CsvHeader
{
    /// <summary>
    /// The text begins with column names: `_raw` among them, or at least three different identifiers and a second record with as many
    /// fields; in a file called .csv two identifiers are enough.
    /// </summary>
    public static bool IsHeader(ReadOnlySpan<byte> text, bool whole, string name)
    {
        var isCsvFile = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
        var end = text.IndexOf((byte)'\n');
        var header = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        if (header.IndexOf((byte)',') < 0) return header.SequenceEqual("_raw"u8) || header.SequenceEqual("\"_raw\""u8);
        var names = new List<Value>();
        CsvRecord.Split(header, names);
        if (names.Contains(Value.FromText("_raw"))) return true;
        if (!names.TrueForAll(static column => IsName(column.Utf8)) || names.Distinct().Count() < names.Count) return false;
        return isCsvFile ? names.Count >= 2 : names.Count >= 3 && SecondHasAsMany(text, end, whole, names.Count);
    }

    static bool SecondHasAsMany(ReadOnlySpan<byte> text, int end, bool whole, int count)
    {
        var events = new List<RawEvent>();
        var bytes = text.ToArray();
        if (end >= 0) new CsvSplitter().Split(bytes, end + 1, bytes.Length, whole, events);
        if (events.Count == 0) return false;
        var cells = new List<Value>();
        CsvRecord.Split(bytes.AsSpan(events[0].Offset, events[0].Length), cells);
        return cells.Count == count;
    }

    static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name[0] is >= (byte)'0' and <= (byte)'9') return false;
        foreach (var value in name)
            if (!char.IsAsciiLetterOrDigit((char)value) && !"_.:{}@-"u8.Contains(value)) return false;
        return true;
    }
}
