using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// Which of many literals a text holds, whatever the case of ASCII letters: four neighbouring bytes of each literal stand in a table, and each place of the text
/// is looked up there, so that the time does not grow with the number of literals.
/// </summary>
sealed class LiteralIndex
{
    const int Gram = 4;
    const int MostOneByOne = 3;

    readonly List<Literal> _short = [];
    readonly List<Literal> _long = [];
    ulong[]? _bits;
    int[] _heads = [];
    int[] _next = [];
    int _shift;

    /// <summary>A route wants rows whose text holds a literal in lower case.</summary>
    internal void Add(byte[] folded, int route)
    {
        var literals = folded.Length < Gram ? _short : _long;
        var literal = literals.Find(known => known.Text.AsSpan().SequenceEqual(folded));
        if (literal is null)
        {
            literals.Add(literal = new Literal(folded));
            _bits = null;
        }
        if (!literal.Routes.Contains(route)) literal.Routes.Add(route);
    }

    /// <summary>Adds the routes of all literals that the text holds.</summary>
    internal void Find(ReadOnlySpan<byte> text, RouteRows found)
    {
        foreach (var literal in _short)
            if (ByteSearch.IndexOfFolded(text, literal.Text, literal.Anchors) >= 0) found.Add(literal.Routes);
        if (_long.Count > MostOneByOne)
        {
            FindLong(text, found);
            return;
        }
        foreach (var literal in _long)
            if (ByteSearch.IndexOfFolded(text, literal.Text, literal.Anchors) >= 0) found.Add(literal.Routes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FindLong(ReadOnlySpan<byte> text, RouteRows found)
    {
        if (_bits is null) Build();
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits!);
        for (var i = 0; i <= text.Length - Gram; i++)
        {
            var slot = SlotOf(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, i)));
            if ((Unsafe.Add(ref bits, slot >> 6) & (1UL << slot)) == 0) continue;
            for (var index = _heads[slot]; index >= 0; index = _next[index])
            {
                var literal = _long[index];
                var from = i - literal.At;
                if (from >= 0 && from + literal.Text.Length <= text.Length && ByteSearch.EqualsFolded(text.Slice(from, literal.Text.Length), literal.Text)) found.Add(literal.Routes);
            }
        }
    }

    void Build()
    {
        // One bit in sixteen is set at the most.
        var size = Math.Max(256, (int)BitOperations.RoundUpToPowerOf2((uint)_long.Count * 16));
        _shift = 32 - BitOperations.Log2((uint)size);
        _bits = new ulong[size / 64];
        _heads = new int[size];
        _next = new int[_long.Count];
        Array.Fill(_heads, -1);
        for (var i = 0; i < _long.Count; i++)
        {
            var slot = SlotOf(MemoryMarshal.Read<uint>(_long[i].Text.AsSpan(_long[i].At)));
            _bits[slot >> 6] |= 1UL << slot;
            _next[i] = _heads[slot];
            _heads[slot] = i;
        }
    }

    // Bytes that differ in that bit alone fall together; what is found is compared.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int SlotOf(uint gram) => (int)(((gram | 0x2020_2020) * 0x9E37_79B1) >> _shift);

    sealed class Literal(byte[] text)
    {
        internal byte[] Text { get; } = text;

        internal Anchors Anchors { get; } = Anchors.Choose(text);

        internal List<int> Routes { get; } = [];

        /// <summary>Where the four bytes begin that stand in the table: around the rarest.</summary>
        internal int At { get; } = text.Length < Gram ? 0 : Math.Clamp(Anchors.Choose(text).First - 1, 0, text.Length - Gram);
    }
}
