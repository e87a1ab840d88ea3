using Karst.Events;

namespace Karst.Engine.Paths;

/// <summary>The text that values are taken out of; they share its bytes.</summary>
readonly struct Slice
{
    readonly byte[] _bytes;
    readonly int _offset;
    readonly int _length;

    Slice(byte[] bytes, int offset, int length)
    {
        _bytes = bytes;
        _offset = offset;
        _length = length;
    }

    internal static Slice Of(Value value) =>
        value.Utf8Array is { } bytes ? new Slice(bytes, value.Utf8Offset, value.Utf8.Length) : Of(value.AsUtf8().ToArray());

    internal static Slice Of(byte[] bytes) => new(bytes, 0, bytes.Length);

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_offset, _length);

    internal int Length => _length;

    /// <summary>A part of it as a value, not copied.</summary>
    internal Value Value(int start, int length) => length == 0 ? Events.Value.Empty : Events.Value.FromUtf8(_bytes, _offset + start, length);

    internal Slice Part(int start, int length) => new(_bytes, _offset + start, length);

    /// <summary>The part up to so many characters.</summary>
    internal Slice Characters(int most)
    {
        if (_length <= most) return this;
        var count = 0;
        for (var at = 0; at < _length; at++)
        {
            if ((_bytes[_offset + at] & 0xC0) == 0x80) continue;
            if (count++ == most) return new Slice(_bytes, _offset, at);
        }
        return this;
    }

    internal Slice Trimmed()
    {
        var bytes = Bytes;
        var start = 0;
        while (start < bytes.Length && (bytes[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) start++;
        return new Slice(_bytes, _offset + start, _length - start);
    }
}
