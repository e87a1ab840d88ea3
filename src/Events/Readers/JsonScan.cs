using System.Buffers;

namespace Karst.Events;

/// <summary>How the scan of a JSON value ended.</summary>
enum ScanResult
{
    Complete,
    Incomplete,
    Broken,
}

/// <summary>Finds the end of a JSON object or array without parsing what is within; depth costs one bit a level, never stack.</summary>
sealed class JsonScan
{
    static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[]"u8);
    static readonly SearchValues<byte> s_inString = SearchValues.Create("\"\\\n"u8);

    ulong[] _objects = new ulong[16];
    int _depth;

    /// <summary>
    /// Scans from the bracket at <paramref name="start"/>; <paramref name="at"/> is the end of the value, or where it is broken: a bracket that does not
    /// fit, an object where JSON allows none, or a line's end within a string.
    /// </summary>
    public ScanResult Value(ReadOnlySpan<byte> bytes, int start, out int at)
    {
        _depth = 0;
        return From(bytes, start, out at);
    }

    /// <summary>As <see cref="Value"/>, from within an object whose opening bracket is behind.</summary>
    public ScanResult RestOfObject(ReadOnlySpan<byte> bytes, int start, out int at)
    {
        _depth = 0;
        Push(isObject: true);
        return From(bytes, start, out at);
    }

    /// <summary>The position after the closing quote of the string that opens at <paramref name="start"/>.</summary>
    public static ScanResult Text(ReadOnlySpan<byte> bytes, int start, out int at)
    {
        at = start + 1;
        while (at < bytes.Length)
        {
            var found = bytes[at..].IndexOfAny(s_inString);
            if (found < 0) break;
            at += found;
            switch (bytes[at])
            {
                case (byte)'"':
                    at++;
                    return ScanResult.Complete;
                case (byte)'\\':
                    at += 2;
                    break;
                default:
                    at++;
                    return ScanResult.Broken;
            }
        }
        at = bytes.Length;
        return ScanResult.Incomplete;
    }

    ScanResult From(ReadOnlySpan<byte> bytes, int start, out int at)
    {
        at = start;
        while (at < bytes.Length)
        {
            var found = bytes[at..].IndexOfAny(s_structure);
            if (found < 0) break;
            at += found;
            var value = bytes[at];
            if (value == '"')
            {
                var text = Text(bytes, at, out at);
                if (text != ScanResult.Complete) return text;
                continue;
            }
            var isObject = value is (byte)'{' or (byte)'}';
            if (value is (byte)'{' or (byte)'[')
            {
                if (_depth > 0 && !MayOpen(bytes, start, at)) return ScanResult.Broken;
                Push(isObject);
            }
            else
            {
                if (InObject != isObject) return ScanResult.Broken;
                _depth--;
            }
            at++;
            if (_depth == 0) return ScanResult.Complete;
        }
        at = bytes.Length;
        return ScanResult.Incomplete;
    }

    // In an object a value comes after a colon, in an array after the bracket or a comma. Where a document is indented, a line that begins with `{` is the
    // next document.
    bool MayOpen(ReadOnlySpan<byte> bytes, int start, int at)
    {
        if (at > start && bytes[at] == '{' && bytes[at - 1] == '\n' && IsIndented(bytes[start..at])) return false;
        var before = at - 1;
        while (before >= start && bytes[before] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') before--;
        if (before < start) return true;
        return InObject ? bytes[before] == ':' : bytes[before] is (byte)',' or (byte)'[';
    }

    static bool IsIndented(ReadOnlySpan<byte> document)
    {
        var line = document.IndexOf((byte)'\n');
        return line >= 0 && line + 1 < document.Length && document[line + 1] is (byte)' ' or (byte)'\t';
    }

    bool InObject => (_objects[(_depth - 1) >> 6] >> ((_depth - 1) & 63) & 1) != 0;

    void Push(bool isObject)
    {
        var word = _depth >> 6;
        if (word == _objects.Length) Array.Resize(ref _objects, word * 2);
        var bit = 1UL << (_depth & 63);
        if (isObject) _objects[word] |= bit;
        else _objects[word] &= ~bit;
        _depth++;
    }
}
