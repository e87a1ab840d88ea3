using System.Runtime.CompilerServices;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Karst.Engine.Search;

/// <summary>Searching bytes without regard to the case of ASCII letters.</summary>
public static class ByteSearch
{
    /// <summary>The lower-case form of an ASCII letter; every other byte as it is.</summary>
    public static byte Fold(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    /// <summary>Where <paramref name="folded"/> (already in lower case) begins in the text for the first time; -1 when it does not.</summary>
    public static int IndexOfFolded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> folded)
    {
        if (folded.IsEmpty) return 0;
        if (text.Length < folded.Length) return -1;
        var anchors = Anchors.Choose(folded);
        return IndexOfFolded(text, folded, anchors);
    }

    /// <summary>As <see cref="IndexOfFolded(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>, with anchors chosen once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfFolded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> folded, Anchors anchors)
    {
        var last = text.Length - folded.Length;
        if (last < 0) return -1;
        ref var start = ref MemoryMarshal.GetReference(text);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var blank = Vector512.Create((byte)0x20);
            var one = Vector512.Create((byte)(folded[anchors.First] | 0x20));
            var two = Vector512.Create((byte)(folded[anchors.Second] | 0x20));
            for (; i <= last - (Vector512<byte>.Count - 1); i += Vector512<byte>.Count)
            {
                var hits = Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)(i + anchors.First)) | blank, one)
                    & Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)(i + anchors.Second)) | blank, two);
                if (hits == Vector512<byte>.Zero) continue;
                for (var mask = hits.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(mask);
                    if (Matches(text, at, folded)) return at;
                }
            }
        }
        else
        {
            // Halves of 128 bits where a processor, or the native build, has no more.
            var blank = Vector256.Create((byte)0x20);
            var one = Vector256.Create((byte)(folded[anchors.First] | 0x20));
            var two = Vector256.Create((byte)(folded[anchors.Second] | 0x20));
            for (; i <= last - (Vector256<byte>.Count - 1); i += Vector256<byte>.Count)
            {
                var hits = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + anchors.First)) | blank, one)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + anchors.Second)) | blank, two);
                if (hits == Vector256<byte>.Zero) continue;
                for (var mask = hits.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(mask);
                    if (Matches(text, at, folded)) return at;
                }
            }
        }
        var first = folded[anchors.First];
        for (; i <= last; i++)
            if (Fold(text[i + anchors.First]) == first && Matches(text, i, folded)) return i;
        return -1;
    }

    /// <summary>Where the literal, in this case, begins in the text for the first time; -1 when it does not. The anchors may be those of its lower-case form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal, Anchors anchors)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        // Where the last look begins: it sees again some of what the one before saw.
        var final = text.Length - literal.Length - ((Vector512.IsHardwareAccelerated ? Vector512<byte>.Count : Vector256<byte>.Count) - 1);
        if (final < 0) return text.IndexOf(literal);
        if (Vector512.IsHardwareAccelerated)
        {
            var one = Vector512.Create(literal[anchors.First]);
            var two = Vector512.Create(literal[anchors.Second]);
            for (var i = 0; ; i = Math.Min(i + Vector512<byte>.Count, final))
            {
                var hits = Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)(i + anchors.First)), one)
                    & Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)(i + anchors.Second)), two);
                if (hits != Vector512<byte>.Zero && FirstAt(text, i, hits.ExtractMostSignificantBits(), literal) is >= 0 and var at) return at;
                if (i == final) return -1;
            }
        }
        else
        {
            var one = Vector256.Create(literal[anchors.First]);
            var two = Vector256.Create(literal[anchors.Second]);
            for (var i = 0; ; i = Math.Min(i + Vector256<byte>.Count, final))
            {
                var hits = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + anchors.First)), one)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + anchors.Second)), two);
                if (hits != Vector256<byte>.Zero && FirstAt(text, i, hits.ExtractMostSignificantBits(), literal) is >= 0 and var at) return at;
                if (i == final) return -1;
            }
        }
    }

    static int FirstAt(ReadOnlySpan<byte> text, int from, ulong mask, ReadOnlySpan<byte> literal)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var at = from + BitOperations.TrailingZeroCount(mask);
            if (text[at..].StartsWith(literal)) return at;
        }
        return -1;
    }

    /// <summary>The text is <paramref name="folded"/> (already in lower case), whose length it has.</summary>
    internal static bool EqualsFolded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> folded)
    {
        for (var i = 0; i < folded.Length; i++)
            if (Fold(text[i]) != folded[i]) return false;
        return true;
    }

    /// <summary>Writes the text in lower case.</summary>
    internal static void Fold(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var i = 0;
        for (; i <= text.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text[i..]);
            var capitals = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'A'), Vector128.Create((byte)('Z' - 'A')));
            (bytes | (capitals & Vector128.Create((byte)0x20))).CopyTo(into[i..]);
        }
        for (; i < text.Length; i++) into[i] = Fold(text[i]);
    }

    static bool Matches(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> folded) => EqualsFolded(text.Slice(at, folded.Length), folded);
}

/// <summary>Two places in a literal whose bytes are rare in logs, so that a scan seldom stops in vain.</summary>
public readonly record struct Anchors(int First, int Second)
{
    // From most to least frequent in JSON and XML logs; what is not listed is rare.
    const string Common = "\"e,ta:inosr1cdl0u-m2p.3v/4{}y56g7f89h bw_kxsz=";

    /// <summary>Those of a literal in any case.</summary>
    internal static Anchors Of(ReadOnlySpan<byte> literal)
    {
        var folded = new byte[literal.Length];
        ByteSearch.Fold(literal, folded);
        return Choose(folded);
    }

    /// <summary>The two rarest bytes of a literal in lower case; one place twice when it has one byte.</summary>
    public static Anchors Choose(ReadOnlySpan<byte> folded)
    {
        int first = 0, second = 0, best = int.MinValue, next = int.MinValue;
        for (var i = 0; i < folded.Length; i++)
        {
            var rank = Common.IndexOf((char)folded[i], StringComparison.Ordinal);
            if (rank < 0) rank = Common.Length;
            if (rank > best)
            {
                (second, next) = (first, best);
                (first, best) = (i, rank);
            }
            else if (rank > next) (second, next) = (i, rank);
        }
        return new Anchors(first, folded.Length > 1 && next > int.MinValue ? second : first);
    }
}
