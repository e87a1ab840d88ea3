namespace Karst.Events;

/// <summary>Finds events in a stretch of bytes. What it cannot decide yet it leaves, and sees it again with more bytes behind it.</summary>
abstract class Splitter
{
    /// <summary>
    /// Adds the events found in <paramref name="buffer"/> from <paramref name="start"/> to <paramref name="end"/> and returns up to where the bytes
    /// are dealt with. When <paramref name="final"/>, no bytes follow and all must be dealt with.
    /// </summary>
    public abstract int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events);

    /// <summary>After an event that is too long: where the next event may begin, or -1 when that is not among these bytes.</summary>
    public abstract int Resync(ReadOnlySpan<byte> bytes);

    /// <summary>Where <see cref="Split"/> has something to report: kind and message.</summary>
    public Action<string, string>? Problem { get; set; }

    /// <summary>Blank in the sense of JSON and of log lines.</summary>
    protected static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>Adds the bytes without the blanks around them, if anything is left.</summary>
    protected static void AddTrimmed(byte[] buffer, int start, int end, List<RawEvent> events)
    {
        while (start < end && IsBlank(buffer[start])) start++;
        while (end > start && IsBlank(buffer[end - 1])) end--;
        if (end > start) events.Add(new RawEvent(start, end - start));
    }
}
