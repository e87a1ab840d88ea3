using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;

namespace Karst.Events;

/// <summary>
/// The data of one deflate stream (RFC 1951). Most of it is read by <see cref="Race"/>, which writes past what it gives and so keeps away from the ends of its
/// input and output; what is left, and whatever is out of the ordinary, by <see cref="Step"/>, symbol by symbol. Data that is damaged, or ends early, is an
/// <see cref="InvalidDataException"/> once all before it was given.
/// </summary>
sealed class Inflater(BitInput input)
{
    const int LiteralBits = DeflateCodes.LiteralBits;
    const int DistanceBits = DeflateCodes.DistanceBits;

    /// <summary>Bits of a code and the extra bits behind it, at most: 15 and 13 for a distance.</summary>
    const int MaxSymbolBits = 28;

    /// <summary>What a round of <see cref="Race"/> writes at most: three pairs of literals, a match, and what its copy goes too far.</summary>
    const int RoundBytes = 6 + DeflateCodes.MaxMatch + 64;

    readonly InflateWindow _window = new();
    readonly HuffmanTable _lengthCode = DeflateCodes.OfLengths();
    readonly HuffmanTable _ownLiterals = DeflateCodes.OfLiterals();
    readonly HuffmanTable _ownDistances = DeflateCodes.OfDistances();
    readonly byte[] _lengths = new byte[DeflateCodes.LengthSymbols + DeflateCodes.DistanceSymbols];

    HuffmanTable _literals = null!;
    HuffmanTable _distances = null!;
    State _state;
    bool _isLast;
    int _stored;
    int _matchLength;
    int _matchDistance;
    int _produced;
    ExceptionDispatchInfo? _failure;

    enum State
    {
        Between,
        Stored,
        Coded,
        Ended,
    }

    /// <summary>Begins another stream, where the last one ended or none was read yet.</summary>
    public void Start()
    {
        _window.Clear();
        _state = State.Between;
    }

    /// <summary>Fills the output as far as can be done without waiting for input; 0 at the end of the data. Beyond what is said to be read the output may be written to.</summary>
    public int Read(Span<byte> output)
    {
        _failure?.Throw();
        _produced = 0;
        try
        {
            while (_produced < output.Length && _state != State.Ended && !(_produced > 0 && input.IsStarved)) Advance(output);
        }
        catch (Exception failure) when (_produced > 0)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
        _window.Append(output[.._produced]);
        return _produced;
    }

    void Advance(Span<byte> output)
    {
        switch (_state)
        {
            case State.Between:
                Open();
                break;
            case State.Stored:
                var room = output[_produced..];
                var taken = _stored == 0 ? 0 : input.TakeBytes(room[..Math.Min(room.Length, _stored)]);
                _produced += taken;
                _stored -= taken;
                if (_stored == 0) Close();
                break;
            default:
                input.Supply();
                Race(output);
                if (_produced < output.Length) Step(output);
                break;
        }
    }

    void Close() => _state = _isLast ? State.Ended : State.Between;

    void Open()
    {
        _isLast = input.Take(1) != 0;
        switch (input.Take(2))
        {
            case 0:
                input.DropToByte();
                var length = input.Take(16);
                if (input.Take(16) != (length ^ 0xFFFF)) throw GzipDamage.Because("a stored block's length is wrong");
                _stored = (int)length;
                _state = State.Stored;
                break;
            case 1:
                (_literals, _distances) = DeflateCodes.Fixed;
                _state = State.Coded;
                break;
            case 2:
                ReadCodes();
                _state = State.Coded;
                break;
            default:
                throw GzipDamage.Because("a block of a kind that nobody defined");
        }
    }

    /// <summary>A block's own codes: the lengths of their symbols' codes, themselves coded (RFC 1951, 3.2.7).</summary>
    void ReadCodes()
    {
        var literals = (int)input.Take(5) + 257;
        var distances = (int)input.Take(5) + 1;
        var count = (int)input.Take(4) + 4;
        if (literals > DeflateCodes.LengthSymbols || distances > DeflateCodes.DistanceSymbols) throw GzipDamage.Because("a block's code has too many symbols");
        Span<byte> lengths = stackalloc byte[DeflateCodes.OrderOfLengths.Length];
        lengths.Clear();
        for (var i = 0; i < count; i++) lengths[DeflateCodes.OrderOfLengths[i]] = (byte)input.Take(3);
        _lengthCode.Build(lengths);

        var all = _lengths.AsSpan(0, literals + distances);
        for (var at = 0; at < all.Length;)
        {
            input.Fill(DeflateCodes.MaxLengthBits);
            var entry = _lengthCode.Find(input.Bits);
            if ((entry & HuffmanTable.Special) != 0) throw NoCode("a block's lengths", DeflateCodes.MaxLengthBits);
            var symbol = HuffmanTable.Number(entry, input.Bits);
            input.Drop(HuffmanTable.Bits(entry));
            if (symbol < 16)
            {
                all[at++] = (byte)symbol;
                continue;
            }
            var (value, times) = symbol switch
            {
                16 => (at > 0 ? all[at - 1] : throw GzipDamage.Because("a length is repeated that is none"), 3 + input.Take(2)),
                17 => ((byte)0, 3 + input.Take(3)),
                _ => ((byte)0, 11 + input.Take(7)),
            };
            if (times > all.Length - at) throw GzipDamage.Because("a block has more lengths than symbols");
            all.Slice(at, (int)times).Fill(value);
            at += (int)times;
        }
        if (all[256] == 0) throw GzipDamage.Because("a block has no end");
        _ownLiterals.Build(all[..literals]);
        _ownDistances.Build(all[literals..]);
        (_literals, _distances) = (_ownLiterals, _ownDistances);
    }

    /// <summary>One literal, one match or as much of it as there is room for, or the end of the block.</summary>
    void Step(Span<byte> output)
    {
        if (_matchLength == 0)
        {
            input.Fill(MaxSymbolBits);
            var entry = _literals.Find(input.Bits);
            if ((entry & HuffmanTable.Literal) != 0)
            {
                input.Drop(HuffmanTable.BitsOfFirst(entry));
                output[_produced++] = (byte)(entry >> 8);
                return;
            }
            if ((entry & HuffmanTable.Special) != 0)
            {
                if ((entry & HuffmanTable.EndOfBlock) == 0) throw NoCode("a literal or length", HuffmanTable.MaxBits);
                input.Drop(HuffmanTable.Bits(entry));
                Close();
                return;
            }
            var length = HuffmanTable.Number(entry, input.Bits);
            input.Drop(HuffmanTable.Bits(entry));
            input.Fill(MaxSymbolBits);
            entry = _distances.Find(input.Bits);
            if ((entry & HuffmanTable.Special) != 0) throw NoCode("a distance", HuffmanTable.MaxBits);
            _matchDistance = HuffmanTable.Number(entry, input.Bits);
            input.Drop(HuffmanTable.Bits(entry));
            if (_matchDistance > _produced + _window.Count) throw GzipDamage.Because("a match begins before the data");
            _matchLength = length;
        }
        for (; _matchLength > 0 && _produced < output.Length; _matchLength--, _produced++)
        {
            output[_produced] = _matchDistance <= _produced ? output[_produced - _matchDistance] : _window.Back(_matchDistance - _produced);
        }
    }

    /// <summary>Bits that are not there count as 0 when a code is sought.</summary>
    InvalidDataException NoCode(string what, int maxBits) =>
        input.Count < maxBits ? GzipDamage.EndsEarly() : GzipDamage.Because($"no code of {what} begins so");

    /// <summary>
    /// Reads while there are eight bytes of input for each look and room for a whole round of output, and no symbol is out of the ordinary: an end, bits that no code
    /// begins with, a match from before the data. It stops before such a symbol.
    /// </summary>
    unsafe void Race(Span<byte> output)
    {
        if (_matchLength > 0 || !BitConverter.IsLittleEndian) return;
        fixed (uint* literals = _literals.Entries, distances = _distances.Entries)
        fixed (byte* bytes = input.Bytes, start = output)
        {
            var next = bytes + input.At;
            var lastNext = bytes + input.End - BitInput.Ahead;
            var to = start + _produced;
            var lastTo = start + output.Length - RoundBytes;
            var bits = input.Bits;
            var count = input.Count;
            while (next <= lastNext && to <= lastTo)
            {
                Fill(ref bits, ref count, ref next);
                var entry = literals[bits & ((1 << LiteralBits) - 1)];
                PutIfLiterals(entry, ref bits, ref count, ref to);
                entry = literals[bits & ((1 << LiteralBits) - 1)];
                if ((int)entry < 0)
                {
                    PutLiterals(entry, ref bits, ref count, ref to);
                    entry = literals[bits & ((1 << LiteralBits) - 1)];
                    if ((int)entry < 0)
                    {
                        PutLiterals(entry, ref bits, ref count, ref to);
                        continue;
                    }
                }
                // A length and a distance with their extra bits take 48.
                Fill(ref bits, ref count, ref next);
                if ((entry & HuffmanTable.Special) != 0)
                {
                    if ((entry & HuffmanTable.SecondPart) == 0) break;
                    entry = literals[HuffmanTable.InSecondPart(entry, bits, LiteralBits)];
                    if ((int)entry < 0)
                    {
                        PutLiterals(entry, ref bits, ref count, ref to);
                        continue;
                    }
                    if ((entry & HuffmanTable.Special) != 0) break;
                }
                var length = HuffmanTable.Number(entry, bits);
                var rest = bits >> (int)entry;
                var far = distances[rest & ((1 << DistanceBits) - 1)];
                if ((far & HuffmanTable.Special) != 0)
                {
                    if ((far & HuffmanTable.SecondPart) == 0) break;
                    far = distances[HuffmanTable.InSecondPart(far, rest, DistanceBits)];
                    if ((far & HuffmanTable.Special) != 0) break;
                }
                var distance = HuffmanTable.Number(far, rest);
                if (distance <= to - start) Copy(to, distance, length);
                else if (!TryCopyFromBefore(to, (int)(to - start), distance, length)) break;
                bits = rest >> (int)far;
                count -= HuffmanTable.Bits(entry) + HuffmanTable.Bits(far);
                to += length;
            }
            input.Bits = bits & ((1UL << count) - 1);
            input.Count = count;
            input.At = (int)(next - bytes);
            _produced = (int)(to - start);
        }
    }

    /// <summary>At least 56 bits, without a branch; what is above them is what comes next as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Fill(ref ulong bits, ref int count, ref byte* next)
    {
        bits |= Unsafe.ReadUnaligned<ulong>(next) << count;
        next += (63 - count) >> 3;
        count |= 56;
    }

    /// <summary>One literal or two: two bytes are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void PutLiterals(uint entry, ref ulong bits, ref int count, ref byte* to)
    {
        Unsafe.WriteUnaligned(to, (ushort)(entry >> 8));
        to += entry >> 24 & 3;
        bits >>= (int)entry;
        count -= HuffmanTable.Bits(entry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void PutIfLiterals(uint entry, ref ulong bits, ref int count, ref byte* to)
    {
        Unsafe.WriteUnaligned(to, (ushort)(entry >> 8));
        var are = (uint)((int)entry >> 31);
        to += entry >> 24 & 3 & are;
        var drop = (int)(entry & 63 & are);
        bits >>= drop;
        count -= drop;
    }

    /// <summary>Copies from before the place, whose bytes may be those that are just written; up to 63 bytes more than asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Copy(byte* to, int distance, int length)
    {
        var from = to - distance;
        var end = to + length;
        if (distance >= 16)
        {
            do
            {
                Vector128.Store(Vector128.Load(from), to);
                Vector128.Store(Vector128.Load(from + 16), to + 16);
                Vector128.Store(Vector128.Load(from + 32), to + 32);
                Vector128.Store(Vector128.Load(from + 48), to + 48);
                from += 64;
                to += 64;
            }
            while (to < end);
        }
        else if (distance == 1)
        {
            var value = Vector128.Create(*from);
            do
            {
                Vector128.Store(value, to);
                to += 16;
            }
            while (to < end);
        }
        else if (distance >= 8)
        {
            do
            {
                Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>(from));
                from += 8;
                to += 8;
            }
            while (to < end);
        }
        else
        {
            do *to++ = *from++;
            while (to < end);
        }
    }

    /// <summary>Copies a match that begins before this output, of which there are so many bytes; not if it begins before the data.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    unsafe bool TryCopyFromBefore(byte* to, int produced, int distance, int length)
    {
        var before = distance - produced;
        if (before > _window.Count) return false;
        for (var i = 0; i < length; i++) to[i] = before > i ? _window.Back(before - i) : to[i - distance];
        return true;
    }
}
