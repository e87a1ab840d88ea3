using System.Buffers.Binary;
using System.IO.Hashing;

namespace Karst.Events;

/// <summary>
/// A chunk of a Windows event log: 64 KB with records, and the names and templates that these share. Everything is bounds-checked: a record that lies
/// about itself costs that record.
/// </summary>
sealed class EvtxChunk(byte[] bytes)
{
    internal const int Size = 64 << 10;
    const int Header = 512;
    const int RecordHeader = 24;
    const uint RecordMagic = 0x00002A2A;

    readonly Dictionary<int, List<BinXmlNode>> _templates = [];
    int _end;

    /// <summary>What the chunk's checksums say of it; null for nothing.</summary>
    internal string? Damage { get; private set; }

    /// <summary>Begins with what is in the buffer: false when that is no chunk.</summary>
    internal bool Start(int length)
    {
        _templates.Clear();
        Damage = null;
        if (length < Header || !bytes.AsSpan(0, 8).SequenceEqual("ElfChnk\0"u8)) return false;
        var free = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)), int.MaxValue);
        var crc = new Crc32();
        crc.Append(bytes.AsSpan(0, 120));
        crc.Append(bytes.AsSpan(128, Header - 128));
        var isWhole = crc.GetCurrentHashAsUInt32() == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(124)) && free is >= Header and <= Size && free <= length;
        if (!isWhole) Damage = length < Size ? "the file ends within a chunk" : "the header of a chunk does not fit its checksum";
        // A header that is not to be trusted: records are read as far as they follow each other.
        _end = isWhole ? free : length;
        if (isWhole && Crc32.HashToUInt32(bytes.AsSpan(Header, free - Header)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(52)))
            Damage = "the records of a chunk do not fit their checksum";
        return true;
    }

    /// <summary>
    /// Writes the record at an offset as XML and moves on to the next; 0 is the first. False where no record follows. <paramref name="damage"/> says why a record
    /// was left out, which then has written nothing.
    /// </summary>
    internal bool TryRead(ref int at, XmlSink sink, out string? damage)
    {
        damage = null;
        if (at == 0) at = Header;
        if (at + RecordHeader > _end || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != RecordMagic) return false;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4));
        var start = at + RecordHeader;
        if (size < RecordHeader + 4 || at + size > _end)
        {
            damage = "a record is longer than its chunk";
            // The next one may still be there.
            var found = bytes.AsSpan(start, _end - start).IndexOf("**\0\0"u8);
            at = found < 0 ? _end : start + found;
            return true;
        }
        var end = at + (int)size - 4;
        at += (int)size;
        sink.EventStart = sink.Length;
        try
        {
            var reader = new BinXmlReader(bytes, end, isValue: false);
            var position = start;
            new BinXmlWriter(this, bytes, sink).Write(reader.ReadContent(ref position), [], 0);
        }
        catch (EvtxDamage broken)
        {
            sink.Length = sink.EventStart;
            damage = broken.Message;
        }
        return true;
    }

    /// <summary>The nodes of the template whose definition lies at an offset; read once.</summary>
    internal List<BinXmlNode> Template(int offset)
    {
        if (_templates.TryGetValue(offset, out var known)) return known;
        if (offset < 0 || offset + 24 > bytes.Length) throw new EvtxDamage("a template lies outside of its chunk");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset + 20));
        var start = offset + 24;
        if (size > bytes.Length - start) throw new EvtxDamage("a template is longer than its chunk");
        var position = start;
        return _templates[offset] = new BinXmlReader(bytes, start + (int)size, isValue: false).ReadContent(ref position);
    }
}
