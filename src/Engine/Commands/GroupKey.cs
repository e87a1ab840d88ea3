using System.Runtime.CompilerServices;
using Karst.Engine.Expressions;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The values of BY fields in one buffer, each behind its length: what groups are found by.</summary>
sealed class GroupKey(IReadOnlyList<string> by)
{
    readonly Value[]?[] _columns = new Value[by.Count][];
    readonly Value[] _values = new Value[by.Count];
    byte[] _buffer = new byte[256];
    int _length;

    /// <summary>How many fields.</summary>
    internal int Count => by.Count;

    /// <summary>The bytes of the key built last.</summary>
    internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Finds the columns of a batch; false when one is missing, so that no row has a key.</summary>
    internal bool Start(Batch batch)
    {
        for (var i = 0; i < _columns.Length; i++)
            if ((_columns[i] = batch.Find(by[i])?.Values) is null) return false;
        return true;
    }

    /// <summary>Builds the key of a row; false when a value is missing. Several values are taken as one text, unless <paramref name="many"/> asks to stop there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryBuild(int row, out bool many)
    {
        many = false;
        _length = 0;
        foreach (var column in _columns)
        {
            var value = column![row];
            if (value.IsNull) return false;
            many |= value.IsMultivalue;
            Append(value);
        }
        return true;
    }

    /// <summary>Calls back for each combination of a row's values, with <see cref="Bytes"/> set; with <paramref name="distinct"/> equal values of a field count once.</summary>
    internal void ForEach(int row, bool distinct, Action found)
    {
        for (var i = 0; i < _columns.Length; i++) _values[i] = _columns[i]![row];
        var at = new int[_columns.Length];
        while (true)
        {
            if (!distinct || IsFirst(at))
            {
                _length = 0;
                for (var i = 0; i < at.Length; i++) Append(_values[i][at[i]]);
                found();
            }
            var next = at.Length - 1;
            while (next >= 0 && ++at[next] == _values[next].Count) at[next--] = 0;
            if (next < 0) return;
        }
    }

    /// <summary>The values of a key, over its own bytes.</summary>
    internal static void Read(byte[] array, int start, Value[] into, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                var unit = array[start++];
                length |= (unit & 0x7F) << shift;
                if (unit < 0x80) break;
            }
            into[from + i] = length == 0 ? Value.Empty : Value.FromUtf8(array, start, length);
            start += length;
        }
    }

    bool IsFirst(int[] at)
    {
        for (var i = 0; i < at.Length; i++)
            for (var j = 0; j < at[i]; j++)
                if (_values[i][j].Equals(_values[i][at[i]])) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Append(Value value)
    {
        if (value.IsText)
        {
            Append(value.Utf8);
            return;
        }
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        Append(ScalarText.Of(value, scratch));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Append(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length + 5 > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_length + text.Length + 5, _buffer.Length * 2));
        var length = (uint)text.Length;
        for (; length >= 0x80; length >>= 7) _buffer[_length++] = (byte)(length | 0x80);
        _buffer[_length++] = (byte)length;
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }
}
