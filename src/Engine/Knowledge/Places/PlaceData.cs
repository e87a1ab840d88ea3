using System.Buffers.Binary;
using System.Text;

namespace Karst.Engine.Knowledge.Places;

/// <summary>The values in a part of a MaxMind DB: texts, numbers (as double), Booleans, maps and lists. What is deep or large beyond reason is told as damage.</summary>
sealed class PlaceData(byte[] bytes, int start, int end)
{
    const int MostDepth = 32;
    const int MostValues = 4_096;
    const int MostText = 64 * 1024;

    /// <summary>The value at an offset into the part.</summary>
    internal object? Read(long offset)
    {
        var at = At(offset);
        var left = MostValues;
        return Read(ref at, 0, ref left);
    }

    object? Read(ref int at, int depth, ref int left)
    {
        if (depth > MostDepth || --left < 0) throw Damaged();
        var control = Take(ref at, 1)[0];
        var type = control >> 5;
        if (type == 1)
        {
            var target = At(Pointer(control, ref at));
            return Read(ref target, depth + 1, ref left);
        }
        if (type == 0) type = 7 + Take(ref at, 1)[0];
        var size = Size(control & 31, ref at);
        switch (type)
        {
            case 2: return size <= MostText ? Encoding.UTF8.GetString(Take(ref at, size)) : throw Damaged();
            case 3: return size == 8 ? BinaryPrimitives.ReadDoubleBigEndian(Take(ref at, 8)) : throw Damaged();
            case 15: return size == 4 ? (double)BinaryPrimitives.ReadSingleBigEndian(Take(ref at, 4)) : throw Damaged();
            case 14: return size != 0;
            case 5 or 6 or 9 or 10: return Unsigned(Take(ref at, size));
            case 8: return (double)(int)Unsigned32(Take(ref at, size));
            case 7:
                var map = new Dictionary<string, object>(StringComparer.Ordinal);
                for (var i = 0; i < size; i++)
                {
                    if (Read(ref at, depth + 1, ref left) is not string key) throw Damaged();
                    if (Read(ref at, depth + 1, ref left) is { } value) map[key] = value;
                }
                return map;
            case 11:
                var list = new List<object>();
                for (var i = 0; i < size; i++)
                    if (Read(ref at, depth + 1, ref left) is { } value) list.Add(value);
                return list;
            case 4:
                Take(ref at, size);
                return null;
            default: throw Damaged();
        }
    }

    long Pointer(int control, ref int at)
    {
        var high = control & 7;
        switch ((control >> 3) & 3)
        {
            case 0: return (high << 8) | Take(ref at, 1)[0];
            case 1:
                var two = Take(ref at, 2);
                return 2_048 + ((high << 16) | (two[0] << 8) | two[1]);
            case 2:
                var three = Take(ref at, 3);
                return 526_336 + ((high << 24) | (three[0] << 16) | (three[1] << 8) | three[2]);
            default: return BinaryPrimitives.ReadUInt32BigEndian(Take(ref at, 4));
        }
    }

    int Size(int size, ref int at)
    {
        if (size < 29) return size;
        var more = Take(ref at, size - 28);
        return size switch
        {
            29 => 29 + more[0],
            30 => 285 + ((more[0] << 8) | more[1]),
            _ => 65_821 + ((more[0] << 16) | (more[1] << 8) | more[2]),
        };
    }

    static double Unsigned(ReadOnlySpan<byte> digits)
    {
        double number = 0;
        foreach (var digit in digits) number = (number * 256) + digit;
        return number;
    }

    static uint Unsigned32(ReadOnlySpan<byte> digits)
    {
        uint number = 0;
        foreach (var digit in digits) number = (number << 8) | digit;
        return number;
    }

    ReadOnlySpan<byte> Take(ref int at, int count)
    {
        if (count > end - at) throw Damaged();
        var taken = bytes.AsSpan(at, count);
        at += count;
        return taken;
    }

    int At(long offset) => offset >= 0 && offset < end - start ? start + (int)offset : throw Damaged();

    static InvalidDataException Damaged() => new("it is damaged");
}
