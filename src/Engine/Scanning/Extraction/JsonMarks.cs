using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>
/// The marks of JSON outside its strings, `{ } [ ] : ,`, in order: 64 bytes are classified at a time, so that what stands between two marks is
/// never looked at. Quotes within strings are told by the parity of the quotes before them (Langdale and Lemire, "Parsing gigabytes of JSON per second").
/// </summary>
struct JsonMarks
{
    const int BlockBytes = 64;

    byte[] _buffer;
    int _block;
    int _end;
    ulong _marks;
    ulong _opens;
    ulong _closes;
    ulong _inText;
    ulong _escapes;

    /// <summary>A backslash was seen so far: strings may hold escapes.</summary>
    internal bool SawEscape { get; private set; }

    /// <summary>Begins a stretch of the buffer.</summary>
    internal void Start(byte[] buffer, int offset, int end)
    {
        _buffer = buffer;
        _block = offset - BlockBytes;
        _end = end;
        _marks = 0;
        _inText = 0;
        _escapes = 0;
        SawEscape = false;
    }

    /// <summary>The position of the next mark; the end of the stretch when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Next()
    {
        while (_marks == 0)
            if (!Advance()) return _end;
        var at = _block + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return at;
    }

    /// <summary>
    /// The position of the mark that closes the container whose opening mark came last; the end of the stretch when it is not closed. Braces and
    /// brackets are not told apart: a skipped container is not checked, and depth costs nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int SkipContainer()
    {
        var depth = 1;
        while (true)
        {
            var opens = _opens & _marks;
            var closes = _closes & _marks;
            var closed = BitOperations.PopCount(closes);
            if (closed < depth)
            {
                depth += BitOperations.PopCount(opens) - closed;
            }
            else
            {
                for (var both = opens | closes; both != 0; both &= both - 1)
                {
                    var bit = both & (0UL - both);
                    depth += (opens & bit) != 0 ? 1 : -1;
                    if (depth != 0) continue;
                    _marks &= ~(bit | (bit - 1));
                    return _block + BitOperations.TrailingZeroCount(bit);
                }
            }
            if (!Advance()) return _end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Advance()
    {
        _marks = 0;
        if (_block + BlockBytes >= _end) return false;
        _block += BlockBytes;
        var length = _end - _block;
        if (_block + BlockBytes <= _buffer.Length)
        {
            Classify(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _block), length);
        }
        else
        {
            Span<byte> rest = stackalloc byte[BlockBytes];
            rest.Clear();
            _buffer.AsSpan(_block, length).CopyTo(rest);
            Classify(ref MemoryMarshal.GetReference(rest), length);
        }
        return true;
    }

    // `[`/`{` and `]`/`}` differ in one bit, which `:` and `,` have set already.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Classify(ref byte start, int length)
    {
        ulong quotes, backslashes, separators;
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref start);
            var folded = bytes | Vector512.Create((byte)0x20);
            quotes = Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
            _opens = Vector512.Equals(folded, Vector512.Create((byte)'{')).ExtractMostSignificantBits();
            _closes = Vector512.Equals(folded, Vector512.Create((byte)'}')).ExtractMostSignificantBits();
            separators = (Vector512.Equals(bytes, Vector512.Create((byte)':')) | Vector512.Equals(bytes, Vector512.Create((byte)','))).ExtractMostSignificantBits();
        }
        else
        {
            var low = Vector256.LoadUnsafe(ref start);
            var high = Vector256.LoadUnsafe(ref start, 32);
            var blank = Vector256.Create((byte)0x20);
            quotes = Mask(low, high, (byte)'"');
            backslashes = Mask(low, high, (byte)'\\');
            _opens = Mask(low | blank, high | blank, (byte)'{');
            _closes = Mask(low | blank, high | blank, (byte)'}');
            separators = Mask(low, high, (byte)':') | Mask(low, high, (byte)',');
        }
        if ((backslashes | _escapes) != 0) quotes &= ~Escaped(backslashes);
        var text = PrefixXor(quotes) ^ _inText;
        _inText = (ulong)((long)text >> 63);
        _marks = (_opens | _closes | separators) & ~text;
        if (length < BlockBytes) _marks &= (1UL << length) - 1;
    }

    static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }

    // The bytes behind an odd number of backslashes. A run of them carries into the bit behind it, on even or odd places as it began.
    ulong Escaped(ulong backslashes)
    {
        const ulong Even = 0x5555_5555_5555_5555;
        SawEscape = true;
        backslashes &= ~_escapes;
        var follows = (backslashes << 1) | _escapes;
        var oddStarts = backslashes & ~Even & ~follows;
        var sum = oddStarts + backslashes;
        _escapes = sum < backslashes ? 1UL : 0UL;
        return (Even ^ (sum << 1)) & follows;
    }

    // Bit i is the parity of the bits up to i: set within strings, from the opening quote on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
