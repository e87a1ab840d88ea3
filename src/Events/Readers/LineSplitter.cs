namespace Karst.Events;

/// <summary>A line is an event: cut at `\n`, a trailing `\r` is not part of it, blank lines are none. Nothing is parsed.</summary>
sealed class LineSplitter : Splitter
{
    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        while (start < end)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (!final) return start;
                Add(buffer, start, end, events);
                return end;
            }
            Add(buffer, start, start + length, events);
            start += length + 1;
        }
        return start;
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }

    static void Add(byte[] buffer, int start, int end, List<RawEvent> events)
    {
        if (end > start && buffer[end - 1] == '\r') end--;
        if (end == start) return;
        if (buffer[start] <= ' ' && IsBlankLine(buffer.AsSpan(start, end - start))) return;
        events.Add(new RawEvent(start, end - start));
    }

    static bool IsBlankLine(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0;
}
