namespace Karst.Events;

/// <summary>
/// JSON values that follow each other, in whatever layout. An object is an event; of a top-level array and of `{"Records":[...]}` each element is.
/// A broken value is passed on as it stands, and the next one is sought at a line that begins with `{`.
/// </summary>
sealed class JsonSplitter : Splitter
{
    enum Place
    {
        Top,
        Elements,
        WrapperTail,
    }

    readonly JsonScan _scan = new();
    Place _place;
    bool _inWrapper;
    int _indent;

    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        var bytes = buffer.AsSpan(0, end);
        while (true)
        {
            var from = start;
            while (start < end && (IsBlank(buffer[start]) || buffer[start] is (byte)',' or 0x1E)) start++;
            if (start == end)
            {
                if (final && _place != Place.Top) Truncated("the file ends before the array does");
                return KeepsBlanks(start - from) ? from : start;
            }
            var next = _place switch
            {
                Place.Top => Top(bytes, start, final, events),
                Place.Elements => Element(bytes, from, start, final, events),
                _ => Tail(bytes, start, final),
            };
            if (next < 0) return KeepsBlanks(start - from) ? from : start;
            start = next;
        }
    }

    // The indent of an array's first element is read from the blanks before it.
    bool KeepsBlanks(int count) => _place == Place.Elements && _indent < 0 && count < 1024;

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("\n{"u8);
        if (at >= 0) return at + 1;
        return bytes.Length > 0 && bytes[^1] == '\n' ? bytes.Length - 1 : -1;
    }

    // Each returns where to go on, or -1 when more bytes are needed.
    int Top(Span<byte> bytes, int start, bool final, List<RawEvent> events)
    {
        var opening = JsonWrapper.Opening(bytes[start..], final);
        if (opening.Undecided) return -1;
        if (opening.Elements >= 0)
        {
            _place = Place.Elements;
            _inWrapper = bytes[start] == '{';
            _indent = -1;
            return start + opening.Elements;
        }
        if (bytes[start] is (byte)'{' or (byte)'[') return Value(bytes, start, final, events);
        return Broken(bytes, start, start, final, events, "text stands between JSON objects");
    }

    int Value(Span<byte> bytes, int start, bool final, List<RawEvent> events)
    {
        var result = _scan.Value(bytes, start, out var at);
        if (result == ScanResult.Complete)
        {
            events.Add(new RawEvent(start, at - start));
            return at;
        }
        if (result == ScanResult.Broken) return Broken(bytes, start, at, final, events, "brackets or quotes of a JSON object do not match");
        if (!final) return -1;
        Truncated("the file ends within a JSON object");
        return AddRest(bytes, start, bytes.Length, events);
    }

    int Element(Span<byte> bytes, int from, int start, bool final, List<RawEvent> events)
    {
        switch (bytes[start])
        {
            case (byte)']':
                _place = _inWrapper ? Place.WrapperTail : Place.Top;
                return start + 1;
            case (byte)'{' or (byte)'[':
                if (_indent < 0) _indent = IndentOf(bytes[from..start]);
                return Value(bytes, start, final, events);
            case (byte)'}':
                return Broken(bytes, start, start, final, events, "an array of JSON objects is closed by `}`");
            default:
                return Scalar(bytes, start, final, events);
        }
    }

    int Scalar(Span<byte> bytes, int start, bool final, List<RawEvent> events)
    {
        var at = start;
        if (bytes[start] == '"')
        {
            if (JsonScan.Text(bytes, start, out at) == ScanResult.Broken)
                return Broken(bytes, start, at, final, events, "a string within an array is not closed");
        }
        else
        {
            var found = bytes[start..].IndexOfAny(",]}\n"u8);
            at = found < 0 ? bytes.Length : start + found;
        }
        if (at == bytes.Length && !final) return -1;
        return AddRest(bytes, start, at, events);
    }

    int Tail(Span<byte> bytes, int start, bool final)
    {
        var result = _scan.RestOfObject(bytes, start, out var at);
        if (result == ScanResult.Incomplete && !final) return -1;
        if (result != ScanResult.Complete) Truncated("the object around the records is not closed");
        _place = Place.Top;
        return at;
    }

    int Broken(Span<byte> bytes, int start, int at, bool final, List<RawEvent> events, string message)
    {
        var resync = NextObject(bytes, start, at);
        if (resync < 0)
        {
            if (!final) return -1;
            resync = bytes.Length;
        }
        Problem?.Invoke("broken-json", message);
        return AddRest(bytes, start, resync, events);
    }

    // Within an array the next element is known by standing where the first one stood.
    int NextObject(ReadOnlySpan<byte> bytes, int start, int at)
    {
        var indent = _place == Place.Elements && _indent > 0 ? _indent : 0;
        var line = Math.Max(start, at - indent - 1);
        while (true)
        {
            var found = bytes[line..].IndexOf((byte)'\n');
            if (found < 0) return -1;
            line += found + 1;
            var open = line + indent;
            if (open >= bytes.Length) return -1;
            if (line > start && bytes[open] == '{' && bytes[line..open].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0) return line;
        }
    }

    static int IndentOf(ReadOnlySpan<byte> blanks)
    {
        var line = blanks.LastIndexOf((byte)'\n');
        return line < 0 ? 0 : blanks.Length - line - 1;
    }

    static int AddRest(Span<byte> bytes, int start, int end, List<RawEvent> events)
    {
        var rest = bytes[start..end].TrimEnd(" \t\r\n"u8);
        if (rest.Length > 0) events.Add(new RawEvent(start, rest.Length));
        return end;
    }

    void Truncated(string message)
    {
        _place = Place.Top;
        Problem?.Invoke("truncated-json", message);
    }
}
