using System.Runtime.CompilerServices;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>Distinct byte texts, numbered in the order first seen. The bytes lie one after another in one array; finding one allocates nothing.</summary>
public sealed class TextIndex
{
    // Below this many texts they are compared one by one: most sets are small and need no table.
    const int SmallCount = 8;

    byte[] _bytes = [];
    int[] _ends = [];
    uint[] _hashes = [];
    int[]? _table;
    int _last = -1;

    /// <summary>How many distinct texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how many bytes are held.</summary>
    public long Bytes => 64L + _bytes.Length + (8L * _ends.Length) + (4L * (_table?.Length ?? 0));

    /// <summary>The bytes of a text by number.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(Start(index), _ends[index] - Start(index));

    /// <summary>A text by number as a value over the shared array; it may be kept as long as no text is added.</summary>
    public Value ValueAt(int index) => _ends[index] == Start(index) ? Value.Empty : Value.FromUtf8(_bytes, Start(index), _ends[index] - Start(index));

    /// <summary>The shared array, and where a text begins in it.</summary>
    internal (byte[] Array, int Start) PlaceOf(int index) => (_bytes, Start(index));

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

    int Start(int index) => index == 0 ? 0 : _ends[index - 1];

    void Append(ReadOnlySpan<byte> text, uint hash)
    {
        var used = Count == 0 ? 0 : _ends[Count - 1];
        if ((long)used + text.Length > Array.MaxLength) throw new SearchFailedException("more than 2 GB of distinct values are held; narrow the search");
        if (used + text.Length > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(used + (long)text.Length, Math.Max(32, _bytes.Length * 2L))));
        text.CopyTo(_bytes.AsSpan(used));
        if (Count == _ends.Length)
        {
            var size = Math.Max(2, Count * 2);
            Array.Resize(ref _ends, size);
            Array.Resize(ref _hashes, size);
        }
        _ends[Count] = used + text.Length;
        _hashes[Count++] = hash;
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
