namespace Karst.Events;

/// <summary>A CSV record is an event: it ends at a line's end outside quotes. Quotes open a field only at its start, as in RFC 4180.</summary>
sealed class CsvSplitter(byte delimiter = (byte)',') : Splitter
{
    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        while (start < end)
        {
            var stop = FindEnd(buffer.AsSpan(0, end), start, final);
            if (stop < 0) return start;
            AddTrimmed(buffer, start, stop, events);
            start = Math.Min(stop + 1, end);
        }
        return start;
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }

    int FindEnd(ReadOnlySpan<byte> bytes, int start, bool final)
    {
        var quoted = false;
        var at = start;
        while (at < bytes.Length)
        {
            var found = quoted ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0) break;
            at += found;
            if (bytes[at] == '\n') return at;
            if (!quoted) quoted = at == start || bytes[at - 1] == delimiter;
            else if (at + 1 == bytes.Length && !final) return -1;
            else if (at + 1 < bytes.Length && bytes[at + 1] == '"') at++;
            else quoted = false;
            at++;
        }
        if (!final) return -1;
        if (quoted) Problem?.Invoke("broken-csv", "the file ends within a quoted field");
        return bytes.Length;
    }
}
