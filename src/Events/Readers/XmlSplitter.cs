namespace Karst.Events;

/// <summary>
/// XML events: each runs from `&lt;Event` to `&lt;/Event&gt;`, over as many lines as it has. The XML declaration and an `&lt;Events&gt;` around them are
/// left out; other text between events is passed on line by line.
/// </summary>
sealed class XmlSplitter : Splitter
{
    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        while (start < end)
        {
            var bytes = buffer.AsSpan(0, end);
            var open = FindOpening(bytes, start, final, out var undecided);
            if (open < 0)
            {
                var keep = final ? end : undecided;
                return Between(buffer, start, keep, final, events);
            }
            Between(buffer, start, open, true, events);
            start = open;
            var next = Event(bytes, start, final, events);
            if (next < 0) return start;
            start = next;
        }
        return start;
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = FindOpening(bytes, 0, false, out _);
        return at;
    }

    int Event(ReadOnlySpan<byte> bytes, int start, bool final, List<RawEvent> events)
    {
        var close = bytes[start..].IndexOf("</Event>"u8);
        var limit = close < 0 ? bytes.Length : start + close;
        // `<` cannot stand in XML text, so an opening tag at the start of a line is a new event and the one before lost its end.
        var cut = NextOpeningLine(bytes[..limit], start + 6);
        if (cut >= 0)
        {
            Problem?.Invoke("truncated-xml", "an XML event has no end");
            return Add(bytes, start, cut, events);
        }
        if (close >= 0) return Add(bytes, start, limit + 8, events);
        if (!final) return -1;
        Problem?.Invoke("truncated-xml", "the file ends within an XML event");
        return Add(bytes, start, bytes.Length, events);
    }

    static int Add(ReadOnlySpan<byte> bytes, int start, int end, List<RawEvent> events)
    {
        events.Add(new RawEvent(start, bytes[start..end].TrimEnd(" \t\r\n"u8).Length));
        return end;
    }

    static int NextOpeningLine(ReadOnlySpan<byte> bytes, int from)
    {
        while (true)
        {
            var found = bytes[from..].IndexOf("\n<Event"u8);
            if (found < 0) return -1;
            from += found + 1;
            if (from + 6 < bytes.Length && EndsTagName(bytes[from + 6])) return from;
        }
    }

    // `undecided` is where a tag that is cut by the end of the bytes begins.
    static int FindOpening(ReadOnlySpan<byte> bytes, int start, bool final, out int undecided)
    {
        undecided = Math.Max(start, bytes.Length - 6);
        while (true)
        {
            var found = bytes[start..].IndexOf("<Event"u8);
            if (found < 0) return -1;
            start += found;
            if (start + 6 >= bytes.Length)
            {
                undecided = start;
                return final ? start : -1;
            }
            if (EndsTagName(bytes[start + 6])) return start;
            start += 6;
        }
    }

    static bool EndsTagName(byte value) => IsBlank(value) || value is (byte)'>' or (byte)'/';

    // Whole lines only, unless an event or the end follows.
    static int Between(byte[] buffer, int start, int end, bool whole, List<RawEvent> events)
    {
        while (start < end)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && !whole) return start;
            var stop = length < 0 ? end : start + length;
            if (!IsFrame(buffer.AsSpan(start, stop - start).Trim(" \t\r\n"u8))) AddTrimmed(buffer, start, stop, events);
            start = length < 0 ? end : stop + 1;
        }
        return start;
    }

    static bool IsFrame(ReadOnlySpan<byte> text) =>
        text.StartsWith("<?xml"u8) || text.StartsWith("<Events"u8) || text.StartsWith("</Events"u8);
}
