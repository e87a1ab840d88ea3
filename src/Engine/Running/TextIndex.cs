using System.Runtime.CompilerServices;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>
/// Distinct byte texts, numbered in the order first seen. The bytes lie one after another in an array that grows, and from some size on in blocks, so that what is there
/// need not be copied; finding one allocates nothing.
/// </summary>
public sealed class TextIndex
{
    // Below this many texts they are compared one by one: most sets are small and need no table.
    const int SmallCount = 8;
    const int BlockSize = 1 << 18;

    // The block that texts are added to; the others are full.
    byte[] _bytes = [];
    int _used;
    List<byte[]>? _blocks;
    long _blockBytes;
    // Where a text begins: its block above, its place in the block below.
    long[] _starts = [];
    int[] _lengths = [];
    uint[] _hashes = [];
    int[]? _table;
    int _last = -1;

    /// <summary>How many distinct texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how many bytes are held.</summary>
    public long Bytes => 64L + _blockBytes + _bytes.Length + (16L * _starts.Length) + (4L * (_table?.Length ?? 0));

    /// <summary>The bytes of a text by number.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var start = _starts[index];
            return BlockOf(start).AsSpan((int)start, _lengths[index]);
        }
    }

    /// <summary>A text by number as a value over the shared array; it may be kept as long as no text is added.</summary>
    public Value ValueAt(int index) => _lengths[index] == 0 ? Value.Empty : Value.FromUtf8(BlockOf(_starts[index]), (int)_starts[index], _lengths[index]);

    /// <summary>The array that a text lies in, and where it begins there.</summary>
    internal (byte[] Array, int Start) PlaceOf(int index) => (BlockOf(_starts[index]), (int)_starts[index]);

    /// <summary>The number of a text, given now if it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> text, out bool added)
    {
        added = false;
        // Rows of one kind often follow each other.
        if (_last >= 0 && this[_last].SequenceEqual(text)) return _last;
        var hash = ByteHash.Of(text);
        var slot = -1;
        if (_table is null)
        {
            for (var i = 0; i < Count; i++)
                if (_hashes[i] == hash && this[i].SequenceEqual(text)) return _last = i;
        }
        else
        {
            var mask = _table.Length - 1;
            for (slot = (int)hash & mask; _table[slot] != 0; slot = (slot + 1) & mask)
            {
                var index = _table[slot] - 1;
                if (_hashes[index] == hash && this[index].SequenceEqual(text)) return _last = index;
            }
        }
        added = true;
        Append(text, hash);
        if (slot >= 0) _table![slot] = Count;
        if (_table is null ? Count > SmallCount : Count * 2 > _table.Length) Rebuild();
        return _last = Count - 1;
    }

    /// <summary>The number of a text; -1 when it has none.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = ByteHash.Of(text);
        if (_table is null)
        {
            for (var i = 0; i < Count; i++)
                if (_hashes[i] == hash && this[i].SequenceEqual(text)) return i;
            return -1;
        }
        var mask = _table.Length - 1;
        for (var slot = (int)hash & mask; _table[slot] != 0; slot = (slot + 1) & mask)
        {
            var index = _table[slot] - 1;
            if (_hashes[index] == hash && this[index].SequenceEqual(text)) return index;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    byte[] BlockOf(long start)
    {
        var block = (int)(start >> 32);
        return _blocks is null || block == _blocks.Count ? _bytes : _blocks[block];
    }

    void Append(ReadOnlySpan<byte> text, uint hash)
    {
        if (_used + (long)text.Length > _bytes.Length) MakeRoom(text.Length);
        text.CopyTo(_bytes.AsSpan(_used));
        if (Count == _lengths.Length)
        {
            var size = Math.Max(2, Count * 2);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _lengths, size);
            Array.Resize(ref _hashes, size);
        }
        _starts[Count] = ((long)(_blocks?.Count ?? 0) << 32) | (uint)_used;
        _lengths[Count] = text.Length;
        _used += text.Length;
        _hashes[Count++] = hash;
    }

    void MakeRoom(int length)
    {
        if (_blocks is null && _used + (long)length <= BlockSize)
        {
            Array.Resize(ref _bytes, Math.Min(BlockSize, Math.Max(_used + length, Math.Max(32, _bytes.Length * 2))));
            return;
        }
        (_blocks ??= []).Add(_bytes);
        _blockBytes += _bytes.Length;
        _bytes = new byte[Math.Max(BlockSize, length)];
        _used = 0;
    }

    void Rebuild()
    {
        var table = new int[Math.Max(32, (_table?.Length ?? 0) * 2)];
        var mask = table.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)_hashes[i] & mask;
            while (table[slot] != 0) slot = (slot + 1) & mask;
            table[slot] = i + 1;
        }
        _table = table;
    }
}
