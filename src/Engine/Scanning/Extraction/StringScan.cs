using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>Finds the ends of JSON strings and containers, many bytes at a time.</summary>
static class StringScan
{
    /// <summary>The first quote or backslash from <paramref name="at"/> on; <paramref name="end"/> when there is none.</summary>
    internal static int FindEnd(byte[] buffer, int at, int end)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetArrayDataReference(buffer);
            var quote = Vector256.Create((byte)'"');
            var backslash = Vector256.Create((byte)'\\');
            // Bytes behind the event are looked at too, but a hit there is no hit.
            while (at < end && at + Vector256<byte>.Count <= buffer.Length)
            {
                var bytes = Vector256.LoadUnsafe(ref start, (nuint)at);
                var hits = (Vector256.Equals(bytes, quote) | Vector256.Equals(bytes, backslash)).ExtractMostSignificantBits();
                if (hits != 0) return Math.Min(at + BitOperations.TrailingZeroCount(hits), end);
                at += Vector256<byte>.Count;
            }
        }
        while (at < end && buffer[at] is not ((byte)'"' or (byte)'\\')) at++;
        return Math.Min(at, end);
    }

    /// <summary>
    /// The position behind the object or array that opens at <paramref name="at"/>; -1 when it does not end before <paramref name="end"/>. Braces and
    /// brackets are not told apart: a skipped container is not checked.
    /// </summary>
    internal static int FindContainerEnd(byte[] buffer, int at, int end)
    {
        var depth = 0;
        var inText = 0UL;
        var isEscaped = false;
        while (at < end)
        {
            if (!isEscaped && Vector256.IsHardwareAccelerated && at + 64 <= buffer.Length)
            {
                var block = Block(buffer, at, out var quotes, out var opens, out var closes);
                if (block == 0)
                {
                    var length = Math.Min(64, end - at);
                    var valid = length == 64 ? ulong.MaxValue : (1UL << length) - 1;
                    var text = PrefixXor(quotes & valid) ^ inText;
                    opens &= ~text & valid;
                    closes &= ~text & valid;
                    if (BitOperations.PopCount(closes) < depth)
                    {
                        depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
                    }
                    else
                    {
                        for (var both = opens | closes; both != 0; both &= both - 1)
                        {
                            var bit = both & (0UL - both);
                            depth += (opens & bit) != 0 ? 1 : -1;
                            if (depth == 0) return at + BitOperations.TrailingZeroCount(both) + 1;
                        }
                    }
                    inText = (ulong)((long)text >> 63);
                    at += length;
                    continue;
                }
            }
            // Blocks with a backslash, and the last bytes of the buffer, go byte by byte.
            var stop = Math.Min(end, at + 64);
            for (; at < stop; at++)
            {
                var value = buffer[at];
                if (isEscaped) isEscaped = false;
                else if (value == '\\') isEscaped = inText != 0;
                else if (value == '"') inText = ~inText;
                else if (inText != 0) continue;
                else if (value is (byte)'{' or (byte)'[') depth++;
                else if (value is (byte)'}' or (byte)']' && --depth == 0) return at + 1;
            }
        }
        return -1;
    }

    // The backslashes of 64 bytes, with their quotes, opening and closing marks; `[`/`{` and `]`/`}` differ in one bit.
    static ulong Block(byte[] buffer, int at, out ulong quotes, out ulong opens, out ulong closes)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(buffer);
        var low = Vector256.LoadUnsafe(ref start, (nuint)at);
        var high = Vector256.LoadUnsafe(ref start, (nuint)at + 32);
        quotes = Mask(low, high, (byte)'"');
        var blank = Vector256.Create((byte)0x20);
        opens = Mask(low | blank, high | blank, (byte)'{');
        closes = Mask(low | blank, high | blank, (byte)'}');
        return Mask(low, high, (byte)'\\');
    }

    static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }

    // Bit i is the parity of the bits up to i: set within strings, from the opening quote on.
    static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
