using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Karst.Events;

/// <summary>A line is an event: cut at `\n`, a trailing `\r` is not part of it, blank lines are none. Nothing is parsed.</summary>
sealed class LineSplitter : Splitter
{
    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        var at = start;
        if (Vector512.IsHardwareAccelerated) at = SplitBlocks(buffer, ref start, end, events);
        while (at < end)
        {
            var length = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            if (length < 0) break;
            Add(buffer, start, at + length, events);
            start = at += length + 1;
        }
        if (!final || start == end) return start;
        Add(buffer, start, end, events);
        return end;
    }

    // Lines are short: one loop over the bytes costs less than a search for each line's end. Returns up to where it looked.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int SplitBlocks(byte[] buffer, ref int start, int end, List<RawEvent> events)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
        var newline = Vector512.Create((byte)'\n');
        var at = start;
        for (; at <= end - Vector512<byte>.Count; at += Vector512<byte>.Count)
        {
            var ends = Vector512.Equals(Vector512.LoadUnsafe(ref bytes, (nuint)at), newline).ExtractMostSignificantBits();
            for (; ends != 0; ends &= ends - 1)
            {
                var stop = at + BitOperations.TrailingZeroCount(ends);
                Add(buffer, start, stop, events);
                start = stop + 1;
            }
        }
        return at;
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Add(byte[] buffer, int start, int end, List<RawEvent> events)
    {
        if (end > start && buffer[end - 1] == '\r') end--;
        if (end == start) return;
        if (buffer[start] <= ' ' && IsBlankLine(buffer.AsSpan(start, end - start))) return;
        events.Add(new RawEvent(start, end - start));
    }

    static bool IsBlankLine(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0;
}
