using System.Buffers.Binary;
using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>
/// Rows by the literal text that their first pattern begins or ends with (up to four bytes); a pattern without stars by all of it;
/// one that begins and ends with a star by the four bytes of its literals that the fewest patterns have.
/// Only patterns without four bytes in a row are looked at every time.
/// </summary>
sealed class WildcardLookupIndex : LookupIndex
{
    const int Longest = 4;

    readonly Dictionary<byte[], List<int>> _literals = new(ByteKeys.Instance);
    readonly Dictionary<byte[], List<int>>[] _prefixes = NewTables();
    readonly Dictionary<byte[], List<int>>[] _suffixes = NewTables();
    readonly Dictionary<uint, List<int>> _grams = [];
    readonly List<int> _open = [];

    internal WildcardLookupIndex(Value[][] keys, LookupMatch[] types, bool caseSensitive, int rows)
        : base(keys, types, caseSensitive)
    {
        var scratch = new LookupScratch();
        var open = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            if (keys[0][row].IsNull) continue;
            var pattern = LookupText.Fold(keys[0][row].Utf8, caseSensitive, ref scratch.Cell);
            var first = pattern.IndexOf((byte)'*');
            var last = pattern.Length - 1 - pattern.LastIndexOf((byte)'*');
            if (first < 0) Add(_literals, pattern, row);
            else if (first > 0 && first >= last) Add(_prefixes[Math.Min(first, Longest)], pattern[..Math.Min(first, Longest)], row);
            else if (last > 0) Add(_suffixes[Math.Min(last, Longest)], pattern[^Math.Min(last, Longest)..], row);
            else open.Add(row);
        }
        IndexByGrams(keys[0], open, scratch);
    }

    void IndexByGrams(Value[] patterns, List<int> rows, LookupScratch scratch)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var row in rows)
            foreach (var gram in new Grams(LookupText.Fold(patterns[row].Utf8, CaseSensitive, ref scratch.Cell)))
                counts[gram] = counts.GetValueOrDefault(gram) + 1;
        foreach (var row in rows)
        {
            uint? rarest = null;
            foreach (var gram in new Grams(LookupText.Fold(patterns[row].Utf8, CaseSensitive, ref scratch.Cell)))
                if (rarest is not { } best || counts[gram] < counts[best]) rarest = gram;
            if (rarest is not { } key) _open.Add(row);
            else if (_grams.TryGetValue(key, out var others)) others.Add(row);
            else _grams[key] = [row];
        }
    }

    internal override void Find(ReadOnlySpan<Value> inputs, int most, List<int> rows, LookupScratch scratch)
    {
        var candidates = scratch.Candidates;
        candidates.Clear();
        var text = LookupText.Fold(inputs[0].AsUtf8(), CaseSensitive, ref scratch.Text);
        Gather(_literals, text, candidates);
        for (var length = 1; length <= Math.Min(Longest, text.Length); length++)
        {
            Gather(_prefixes[length], text[..length], candidates);
            Gather(_suffixes[length], text[^length..], candidates);
        }
        if (_grams.Count > 0)
            foreach (var gram in new Grams(text))
                if (_grams.TryGetValue(gram, out var found)) candidates.AddRange(found);
        candidates.AddRange(_open);
        candidates.Sort();
        var last = -1;
        foreach (var row in candidates)
        {
            if (rows.Count >= most) return;
            // A text can have the four bytes twice.
            if (row == last) continue;
            last = row;
            if (Fits(row, inputs, -1, scratch)) rows.Add(row);
        }
    }

    static Dictionary<byte[], List<int>>[] NewTables()
    {
        var tables = new Dictionary<byte[], List<int>>[Longest + 1];
        for (var i = 0; i < tables.Length; i++) tables[i] = new Dictionary<byte[], List<int>>(ByteKeys.Instance);
        return tables;
    }

    static void Add(Dictionary<byte[], List<int>> table, ReadOnlySpan<byte> key, int row)
    {
        var bytes = key.ToArray();
        if (!table.TryGetValue(bytes, out var rows)) table[bytes] = rows = [];
        rows.Add(row);
    }

    static void Gather(Dictionary<byte[], List<int>> table, ReadOnlySpan<byte> key, List<int> candidates)
    {
        if (table.Count > 0 && table.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var rows)) candidates.AddRange(rows);
    }
}

/// <summary>All runs of four bytes of a text in which no star stands.</summary>
ref struct Grams(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> _text = text;
    int _next = -1;

    public readonly Grams GetEnumerator() => this;

    public readonly uint Current => BinaryPrimitives.ReadUInt32LittleEndian(_text[_next..]);

    public bool MoveNext()
    {
        while (++_next + sizeof(uint) <= _text.Length)
        {
            var star = _text.Slice(_next, sizeof(uint)).LastIndexOf((byte)'*');
            if (star < 0) return true;
            _next += star;
        }
        return false;
    }
}

/// <summary>Byte arrays compared by their contents, also against spans.</summary>
sealed class ByteKeys : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    internal static readonly ByteKeys Instance = new();

    public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    public int GetHashCode(byte[] key) => GetHashCode(key.AsSpan());

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }
}
