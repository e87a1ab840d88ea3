namespace Karst.Events;

/// <summary>
/// Plain text whose events span lines: a line without a timestamp belongs to the event before it, as with Splunk's SHOULD_LINEMERGE and
/// BREAK_ONLY_BEFORE_DATE; after 256 lines an event ends (MAX_EVENTS).
/// </summary>
sealed class MergeSplitter : Splitter
{
    const int MaxLines = 256;

    // Whether there is a timestamp does not depend on the year that it lacks.
    const double AnyMoment = 1_700_000_000;

    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        var from = start;
        var lines = 0;
        while (start < end)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && !final) return from;
            var next = length < 0 ? end : start + length + 1;
            if (lines == MaxLines || (lines > 0 && HasTime(buffer.AsSpan(start, next - start))))
            {
                Add(buffer, from, start, events);
                from = start;
                lines = 0;
            }
            if (lines > 0 || !buffer.AsSpan(start, next - start).Trim(" \t\r\n"u8).IsEmpty) lines++;
            else from = next;
            start = next;
        }
        if (!final) return from;
        Add(buffer, from, end, events);
        return end;
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }

    static bool HasTime(ReadOnlySpan<byte> line) => EventTime.TryRecognise(line, AnyMoment, TimeZoneInfo.Utc, out _);

    static void Add(byte[] buffer, int start, int end, List<RawEvent> events)
    {
        var length = buffer.AsSpan(start, end - start).TrimEnd(" \t\r\n"u8).Length;
        if (length > 0) events.Add(new RawEvent(start, length));
    }
}
