using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Karst.Events;

/// <summary>
/// The values of BinXML (MS-EVEN6, 2.2.12 and the types of winevt) as text, in the form that Windows gives them when it renders an event:
/// hexadecimal without leading zeros, times with nine decimals, identifiers in braces.
/// </summary>
static class EvtxValue
{
    internal const int Null = 0;
    internal const int Text = 1;
    internal const int BinXml = 0x21;
    internal const int Array = 0x80;

    /// <summary>Writes a value of one type.</summary>
    internal static void Write(XmlSink sink, int type, ReadOnlySpan<byte> bytes, bool isAttribute)
    {
        if ((type & Array) != 0)
        {
            var first = true;
            foreach (var range in Items(type, bytes))
            {
                if (!first) sink.Write(","u8);
                first = false;
                Write(sink, type & ~Array, bytes[range], isAttribute);
            }
            return;
        }
        Span<char> digits = stackalloc char[64];
        var length = 0;
        switch (type)
        {
            case Null: return;
            case Text: sink.WriteUtf16(bytes, isAttribute); return;
            case 0x02: sink.WriteText(Encoding.Latin1.GetString(bytes).TrimEnd('\0'), isAttribute); return;
            case 0x03: ((sbyte)Need(bytes, 1)[0]).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x04: Need(bytes, 1)[0].TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x05: BinaryPrimitives.ReadInt16LittleEndian(Need(bytes, 2)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x06: BinaryPrimitives.ReadUInt16LittleEndian(Need(bytes, 2)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x07: BinaryPrimitives.ReadInt32LittleEndian(Need(bytes, 4)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x08: BinaryPrimitives.ReadUInt32LittleEndian(Need(bytes, 4)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x09: BinaryPrimitives.ReadInt64LittleEndian(Need(bytes, 8)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x0A: BinaryPrimitives.ReadUInt64LittleEndian(Need(bytes, 8)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x0B: BinaryPrimitives.ReadSingleLittleEndian(Need(bytes, 4)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x0C: BinaryPrimitives.ReadDoubleLittleEndian(Need(bytes, 8)).TryFormat(digits, out length, default, CultureInfo.InvariantCulture); break;
            case 0x0D: sink.Write(Need(bytes, 1).IndexOfAnyExcept((byte)0) >= 0 ? "true"u8 : "false"u8); return;
            case 0x0E: WriteBinary(sink, bytes); return;
            case 0x0F: WriteGuid(sink, Need(bytes, 16)[..16]); return;
            case 0x10 when bytes.Length == 4:
            case 0x14:
                sink.Write("0x"u8);
                BinaryPrimitives.ReadUInt32LittleEndian(Need(bytes, 4)).TryFormat(digits, out length, "x", CultureInfo.InvariantCulture);
                break;
            case 0x10:
            case 0x15:
                sink.Write("0x"u8);
                BinaryPrimitives.ReadUInt64LittleEndian(Need(bytes, 8)).TryFormat(digits, out length, "x", CultureInfo.InvariantCulture);
                break;
            case 0x11: WriteFileTime(sink, BinaryPrimitives.ReadInt64LittleEndian(Need(bytes, 8))); return;
            case 0x12: WriteSystemTime(sink, Need(bytes, 16)); return;
            case 0x13: WriteSid(sink, bytes); return;
            default: throw new EvtxDamage($"a value has the type 0x{type:x2}, which is not known");
        }
        sink.WriteAscii(digits[..length]);
    }

    /// <summary>The places of an array's items.</summary>
    internal static List<Range> Items(int type, ReadOnlySpan<byte> bytes)
    {
        var items = new List<Range>();
        type &= ~Array;
        if (type == Text)
        {
            var start = 0;
            for (var i = 0; i + 1 < bytes.Length; i += 2)
            {
                if (bytes[i] != 0 || bytes[i + 1] != 0) continue;
                items.Add(start..i);
                start = i + 2;
            }
            if (start < bytes.Length) items.Add(start..bytes.Length);
            return items;
        }
        var size = type switch { 0x03 or 0x04 => 1, 0x05 or 0x06 => 2, 0x07 or 0x08 or 0x0B or 0x0D or 0x14 => 4, 0x09 or 0x0A or 0x0C or 0x10 or 0x11 or 0x15 => 8, 0x0F or 0x12 => 16, _ => 0 };
        for (var i = 0; i < bytes.Length; i += size)
        {
            size = type == 0x13 ? i + 2 <= bytes.Length ? 8 + (4 * bytes[i + 1]) : bytes.Length : size == 0 ? bytes.Length : size;
            if (i + size > bytes.Length) break;
            items.Add(i..(i + size));
        }
        return items;
    }

    static ReadOnlySpan<byte> Need(ReadOnlySpan<byte> bytes, int count) =>
        bytes.Length >= count ? bytes : throw new EvtxDamage($"a value of {count} bytes has only {bytes.Length}");

    static void WriteBinary(XmlSink sink, ReadOnlySpan<byte> bytes)
    {
        Span<char> pair = stackalloc char[2];
        foreach (var value in bytes)
        {
            value.TryFormat(pair, out _, "X2", CultureInfo.InvariantCulture);
            sink.WriteAscii(pair);
        }
    }

    static void WriteGuid(XmlSink sink, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[38];
        new Guid(bytes).TryFormat(text, out var length, "B");
        for (var i = 0; i < length; i++) text[i] = char.ToUpperInvariant(text[i]);
        sink.WriteAscii(text[..length]);
    }

    static void WriteFileTime(XmlSink sink, long ticks)
    {
        Span<char> text = stackalloc char[40];
        // 1601 to 9999; what lies beyond is no time that Windows could have written.
        if (ticks is < 0 or > 2_650_467_743_999_999_999) throw new EvtxDamage("a time lies beyond the year 9999");
        DateTime.FromFileTimeUtc(ticks).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
        sink.WriteAscii(text[..length]);
    }

    static void WriteSystemTime(XmlSink sink, ReadOnlySpan<byte> bytes)
    {
        int Part(ReadOnlySpan<byte> all, int index) => BinaryPrimitives.ReadUInt16LittleEndian(all[(index * 2)..]);
        sink.WriteAscii(string.Create(CultureInfo.InvariantCulture,
            $"{Part(bytes, 0):D4}-{Part(bytes, 1):D2}-{Part(bytes, 3):D2}T{Part(bytes, 4):D2}:{Part(bytes, 5):D2}:{Part(bytes, 6):D2}.{Part(bytes, 7):D3}Z"));
    }

    static void WriteSid(XmlSink sink, ReadOnlySpan<byte> bytes)
    {
        var count = Need(bytes, 8)[1];
        Need(bytes, 8 + (4 * count));
        long authority = 0;
        for (var i = 2; i < 8; i++) authority = (authority << 8) | bytes[i];
        var text = new StringBuilder("S-").Append(bytes[0]).Append('-').Append(authority);
        for (var i = 0; i < count; i++) text.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(8 + (4 * i))..]));
        sink.WriteAscii(text.ToString());
    }
}
