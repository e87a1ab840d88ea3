namespace Karst.Events;

/// <summary>What the symbols of deflate's codes stand for, and the codes that need no description (RFC 1951, 3.2.5 to 3.2.7).</summary>
static class DeflateCodes
{
    /// <summary>Bits of a table's first part.</summary>
    public const int LiteralBits = 10;
    public const int DistanceBits = 9;

    public const int LengthSymbols = 286;
    public const int DistanceSymbols = 30;
    public const int MaxMatch = 258;

    /// <summary>Bits of the longest code for the length of a code.</summary>
    public const int MaxLengthBits = 7;

    static readonly uint[] s_lengthEntries = [.. Enumerable.Range(0, 19).Select(static value => HuffmanTable.NumberEntry(value, 0))];
    static readonly uint[] s_literalEntries = LiteralEntries();
    static readonly uint[] s_distanceEntries = DistanceEntries();
    static readonly Lazy<(HuffmanTable Literals, HuffmanTable Distances)> s_fixed = new(MakeFixed);

    /// <summary>The order in which a block gives the lengths of the codes for lengths.</summary>
    public static ReadOnlySpan<byte> OrderOfLengths => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The codes of a block that brings none.</summary>
    public static (HuffmanTable Literals, HuffmanTable Distances) Fixed => s_fixed.Value;

    public static HuffmanTable OfLengths() => new(s_lengthEntries, MaxLengthBits, MaxLengthBits, isWhole: true);

    public static HuffmanTable OfLiterals() => new(s_literalEntries, LiteralBits, pairs: true);

    public static HuffmanTable OfDistances() => new(s_distanceEntries, DistanceBits);

    static (HuffmanTable Literals, HuffmanTable Distances) MakeFixed()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths.Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        var literals = OfLiterals();
        literals.Build(lengths);
        lengths = lengths[..32];
        lengths.Fill(5);
        var distances = OfDistances();
        distances.Build(lengths);
        return (literals, distances);
    }

    /// <summary>Literals, the end of a block, lengths (RFC 1951, 3.2.5), and two symbols that stand for nothing.</summary>
    static uint[] LiteralEntries()
    {
        var entries = new uint[288];
        for (var value = 0; value < 256; value++) entries[value] = HuffmanTable.LiteralEntry(value);
        entries[256] = HuffmanTable.Special | HuffmanTable.EndOfBlock;
        var length = 3;
        for (var symbol = 257; symbol < 285; symbol++)
        {
            var extra = Math.Max(0, (symbol - 261) / 4);
            entries[symbol] = HuffmanTable.NumberEntry(length, extra);
            length += 1 << extra;
        }
        entries[285] = HuffmanTable.NumberEntry(MaxMatch, 0);
        entries[286] = entries[287] = HuffmanTable.Special;
        return entries;
    }

    static uint[] DistanceEntries()
    {
        var entries = new uint[32];
        var distance = 1;
        for (var symbol = 0; symbol < DistanceSymbols; symbol++)
        {
            var extra = Math.Max(0, symbol / 2 - 1);
            entries[symbol] = HuffmanTable.NumberEntry(distance, extra);
            distance += 1 << extra;
        }
        entries[30] = entries[31] = HuffmanTable.Special;
        return entries;
    }
}
