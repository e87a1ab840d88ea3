using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Karst.Events;

/// <summary>
/// A Huffman code of deflate (RFC 1951, 3.2.2) as a table: the next bits of the data lead to an entry in one look, and in two where a code is longer than the
/// first part's bits. Entries, from their lowest bit:
/// <code>
/// literals  6 bits to drop | 2 | 8 first | 8 second | 2 how many | 4 bits of the first alone | 1 | 1 set
/// number    6 bits to drop, extra bits among them | 2 | 4 bits of the code | 4 clear | 15 value without extra bits | 1 clear
/// others    6 bits to drop | 2 | 4 bits of the second part | 1 | 1 end of block | 1 second part | 1 set | 15 where the second part begins | 1 clear
/// </code>
/// An entry of the last kind that is neither an end nor leads on stands for bits that no code begins with.
/// </summary>
sealed class HuffmanTable
{
    /// <summary>Bits of the longest code.</summary>
    public const int MaxBits = 15;

    public const uint Literal = 1u << 31;
    public const uint Special = 1u << 15;
    public const uint SecondPart = 1u << 14;
    public const uint EndOfBlock = 1u << 13;

    const int FirstBitsAt = 26;
    const uint One = 1u << 24;
    const uint Two = 2u << 24;
    const int MaxSymbols = 288;

    readonly uint[] _symbols;
    readonly bool _pairs;
    readonly bool _isWhole;
    readonly ushort[] _sorted = new ushort[MaxSymbols];

    /// <summary>Makes room for a code whose symbols have these entries, the bits of their codes not yet added; <see cref="Build"/> fills it.</summary>
    /// <param name="symbols">An entry for each symbol.</param>
    /// <param name="firstBits">The first part has two to the power of so many entries.</param>
    /// <param name="maxBits">No code is longer.</param>
    /// <param name="pairs">Two literals whose codes fit in the first part's bits share an entry.</param>
    /// <param name="isWhole">A single code of one bit is refused as well, as zlib does for the code of lengths.</param>
    public HuffmanTable(uint[] symbols, int firstBits, int maxBits = MaxBits, bool pairs = false, bool isWhole = false)
    {
        _symbols = symbols;
        _pairs = pairs;
        _isWhole = isWhole;
        FirstBits = firstBits;
        // Each second part has at least two codes, and is as large as the longest code asks for.
        var second = maxBits > firstBits ? symbols.Length / 2 << (maxBits - firstBits) : 0;
        Entries = new uint[(1 << firstBits) + second];
    }

    public uint[] Entries { get; }

    public int FirstBits { get; }

    public static int Bits(uint entry) => (int)(entry & 63);

    /// <summary>Of literals: how many bits the first one has.</summary>
    public static int BitsOfFirst(uint entry) => (int)(entry >> FirstBitsAt) & 15;

    /// <summary>Of a number: its value, with the extra bits that follow its code in the data.</summary>
    public static int Number(uint entry, ulong bits) => (int)(entry >> 16) + (int)((bits & ((1UL << (int)entry) - 1)) >> (int)(entry >> 8));

    public static uint LiteralEntry(int value) => Literal | One | (uint)value << 8;

    public static uint NumberEntry(int value, int extraBits) => (uint)value << 16 | (uint)extraBits;

    /// <summary>The entry for the next bits.</summary>
    public uint Find(ulong bits)
    {
        var entry = Entries[bits & ((1u << FirstBits) - 1)];
        return (int)entry >= 0 && (entry & SecondPart) != 0 ? Entries[InSecondPart(entry, bits, FirstBits)] : entry;
    }

    public static nuint InSecondPart(uint entry, ulong bits, int firstBits) =>
        (entry >> 16) + (nuint)((bits >> firstBits) & ((1u << (int)(entry >> 8 & 15)) - 1));

    /// <summary>
    /// Fills the table from the length of each symbol's code, 0 where it has none. Codes may neither overlap nor leave bits without one, but for a single code of
    /// one bit, and none at all.
    /// </summary>
    public void Build(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[MaxBits + 1];
        counts.Clear();
        foreach (var length in lengths) counts[length]++;
        counts[0] = 0;
        Span<int> starts = stackalloc int[MaxBits + 2];
        starts[0] = 0;
        var (longest, free) = (0, 1);
        for (var length = 1; length <= MaxBits; length++)
        {
            free = (free << 1) - counts[length];
            if (free < 0) throw GzipDamage.Because("a code has too many symbols");
            if (counts[length] > 0) longest = length;
            starts[length] = starts[length - 1] + counts[length - 1];
        }
        if (free > 0 && (longest > 1 || (longest == 1 && _isWhole))) throw GzipDamage.Because("a code has too few symbols");
        if (free > 0) Entries.AsSpan(0, 1 << FirstBits).Fill(Special);

        var sorted = _sorted;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0) sorted[starts[lengths[symbol]]++] = (ushort)symbol;
        }
        Fill(sorted, counts, longest);
        if (_pairs) Pair();
    }

    /// <summary>
    /// Codes of a length follow each other, and the first of the next length follows the last; the data has their highest bit first. A table for codes up to a
    /// length is that for one bit less, twice over, and the codes of that length.
    /// </summary>
    void Fill(ReadOnlySpan<ushort> sorted, ReadOnlySpan<int> counts, int longest)
    {
        var entries = Entries.AsSpan(0, 1 << FirstBits);
        var (next, code) = (0, 0);
        for (var length = 1; length <= FirstBits; length++, code <<= 1)
        {
            var half = entries[..(1 << (length - 1))];
            half.CopyTo(entries[half.Length..]);
            for (var i = 0; i < counts[length]; i++, code++) entries[Reverse(code, length)] = WithBits(_symbols[sorted[next++]], length);
        }
        var (free, prefix, secondBits) = (entries.Length, -1, longest - FirstBits);
        for (var length = FirstBits + 1; length <= longest; length++, code <<= 1)
        {
            for (var i = 0; i < counts[length]; i++, code++)
            {
                var reversed = Reverse(code, length);
                if ((reversed & (entries.Length - 1)) != prefix)
                {
                    prefix = reversed & (entries.Length - 1);
                    Entries[prefix] = Special | SecondPart | (uint)free << 16 | (uint)secondBits << 8 | (uint)FirstBits;
                    free += 1 << secondBits;
                }
                var second = Entries.AsSpan(free - (1 << secondBits), 1 << secondBits);
                var entry = WithBits(_symbols[sorted[next++]], length);
                for (var at = reversed >> FirstBits; at < second.Length; at += 1 << (length - FirstBits)) second[at] = entry;
            }
        }
    }

    /// <summary>From the highest entry down: what follows a literal's bits is a lower index, and still a single one.</summary>
    unsafe void Pair()
    {
        fixed (uint* entries = Entries)
        {
            var at = 1 << FirstBits;
            if (Avx2.IsSupported)
            {
                var lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
                for (; at > 8; at -= 8)
                {
                    var first = Vector256.Load(entries + at - 8);
                    var index = Avx2.ShiftRightLogicalVariable(lanes + Vector256.Create(at - 8), first & Vector256.Create(63u));
                    var second = Avx2.GatherVector256(entries, index, sizeof(uint));
                    var bits = (first & Vector256.Create(63u)) + (second & Vector256.Create(63u));
                    var both = Vector256.GreaterThan(Vector256.Create((uint)FirstBits + 1), bits) & Vector256.ShiftRightArithmetic((first & second).AsInt32(), 31).AsUInt32();
                    Vector256.Store(Vector256.ConditionalSelect(both, Pair(first, second), first), entries + at - 8);
                }
            }
            while (--at >= 0)
            {
                var first = entries[at];
                var second = entries[at >> Bits(first)];
                if ((first & second & Literal) != 0 && Bits(first) + Bits(second) <= FirstBits) entries[at] = first - One + Two + (uint)Bits(second) + ((second & 0xFF00) << 8);
            }
        }
    }

    static Vector256<uint> Pair(Vector256<uint> first, Vector256<uint> second) =>
        first + Vector256.Create(Two - One) + (second & Vector256.Create(63u)) + ((second & Vector256.Create(0xFF00u)) << 8);

    static uint WithBits(uint symbol, int length) => (symbol & Literal) != 0
        ? symbol + (uint)length + ((uint)length << FirstBitsAt)
        : symbol + (uint)length + ((uint)length << 8);

    static int Reverse(int code, int length)
    {
        var value = (uint)code;
        value = (value & 0x5555) << 1 | (value >> 1 & 0x5555);
        value = (value & 0x3333) << 2 | (value >> 2 & 0x3333);
        value = (value & 0x0F0F) << 4 | (value >> 4 & 0x0F0F);
        value = (value & 0x00FF) << 8 | (value >> 8 & 0x00FF);
        return (int)(value >> (16 - length));
    }
}
