using System.Buffers.Binary;

namespace Karst.Events;

/// <summary>BinXML tokens (MS-EVEN6, 2.2.12) to nodes. Names lie anywhere in the chunk, so offsets are those of the chunk.</summary>
sealed class BinXmlReader(byte[] chunk, int end, bool isValue)
{
    const int MostLevels = 64;
    const int NoDependency = 0xFFFF;

    static readonly System.Buffers.SearchValues<byte> s_noName = System.Buffers.SearchValues.Create(" <>&'\"/="u8);

    int _levels;

    /// <summary>Reads what stands up to the end token or the end of the bytes.</summary>
    internal List<BinXmlNode> ReadContent(ref int at)
    {
        var nodes = new List<BinXmlNode>();
        while (at < end && Next(ref at, nodes))
        {
        }
        return nodes;
    }

    // False at a token that ends the content; it is taken.
    bool Next(ref int at, List<BinXmlNode> nodes)
    {
        var token = Byte(ref at);
        switch (token & 0x0F)
        {
            case 0x00 or 0x04:
                return false;
            case 0x01:
                nodes.Add(ReadElement(ref at, (token & 0x40) != 0));
                return true;
            case 0x05:
                Byte(ref at);
                nodes.Add(Text(Characters(ref at), isAttribute: false));
                return true;
            case 0x07:
                nodes.Add(Text(Characters(ref at), isAttribute: false));
                return true;
            case 0x08:
                nodes.Add(new BinXmlNode.Literal(System.Text.Encoding.ASCII.GetBytes($"&#{Word(ref at)};")));
                return true;
            case 0x09:
                nodes.Add(new BinXmlNode.Literal([(byte)'&', .. Name(ref at), (byte)';']));
                return true;
            case 0x0A:
                Name(ref at);
                return true;
            case 0x0B:
                Characters(ref at);
                return true;
            case 0x0C:
                nodes.Add(new BinXmlNode.Instance(at));
                SkipInstance(ref at);
                return true;
            case 0x0D or 0x0E:
                nodes.Add(new BinXmlNode.Substitution(Word(ref at)));
                Byte(ref at);
                return true;
            case 0x0F:
                Skip(ref at, 3);
                return true;
            default:
                throw new EvtxDamage($"the token 0x{token:x2} cannot stand here");
        }
    }

    BinXmlNode.Element ReadElement(ref int at, bool hasAttributes)
    {
        if (++_levels > MostLevels) throw new EvtxDamage($"elements nest deeper than {MostLevels} levels");
        // A value that is XML itself has no dependency identifiers.
        var dependency = isValue ? NoDependency : Word(ref at);
        Skip(ref at, 4);
        var name = Name(ref at);
        var attributes = new List<(byte[], List<BinXmlNode>)>();
        if (hasAttributes)
        {
            var stop = at + 4 + (long)Double(at);
            Skip(ref at, 4);
            if (stop > end) throw new EvtxDamage("a list of attributes is longer than its element");
            while (at < stop && (chunk[at] & 0x0F) == 0x06)
            {
                at++;
                var attribute = Name(ref at);
                var value = new List<BinXmlNode>();
                while (at < stop && (chunk[at] & 0x0F) is 0x05 or 0x08 or 0x09 or 0x0D or 0x0E)
                    if ((chunk[at] & 0x0F) == 0x05)
                    {
                        at += 2;
                        value.Add(Text(Characters(ref at), isAttribute: true));
                    }
                    else Next(ref at, value);
                attributes.Add((attribute, value));
            }
        }
        List<BinXmlNode>? children = null;
        switch (Byte(ref at) & 0x0F)
        {
            case 0x02:
                children = ReadContent(ref at);
                break;
            case 0x03:
                break;
            default:
                throw new EvtxDamage("an element is not closed");
        }
        _levels--;
        return new BinXmlNode.Element(name, attributes, children, dependency == NoDependency ? -1 : dependency);
    }

    // A template instance: an identifier, where its definition lies (here, if nowhere before), and the values, which are read when it is written.
    void SkipInstance(ref int at)
    {
        Skip(ref at, 5);
        var definition = Offset(Double(at));
        Skip(ref at, 4);
        if (definition == at)
        {
            Skip(ref at, 20);
            var size = Double(at);
            Skip(ref at, 4);
            Skip(ref at, size);
        }
        var count = Double(at);
        Skip(ref at, 4);
        if (count > (end - at) / 4) throw new EvtxDamage("a record has more values than bytes");
        long values = 0;
        for (var i = 0; i < count; i++)
        {
            values += BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(at));
            Skip(ref at, 4);
        }
        Skip(ref at, values);
    }

    static BinXmlNode.Literal Text(ReadOnlySpan<byte> utf16, bool isAttribute)
    {
        var sink = new XmlSink(64);
        sink.WriteUtf16(utf16, isAttribute);
        return new BinXmlNode.Literal(sink.Buffer.AsSpan(0, sink.Length).ToArray());
    }

    ReadOnlySpan<byte> Characters(ref int at)
    {
        var length = Word(ref at) * 2;
        var start = at;
        Skip(ref at, length);
        return chunk.AsSpan(start, length);
    }

    // A name stands where it is first used, and is referred to later.
    byte[] Name(ref int at)
    {
        var offset = Offset(Double(at));
        Skip(ref at, 4);
        if (offset + 8 > chunk.Length) throw new EvtxDamage("a name lies outside of its chunk");
        var length = BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(offset + 6)) * 2;
        if (offset + 8 + length > chunk.Length) throw new EvtxDamage("a name is longer than its chunk");
        if (offset == at) Skip(ref at, 8 + length + 2);
        var sink = new XmlSink(64);
        sink.WriteUtf16(chunk.AsSpan(offset + 8, length), isAttribute: false);
        var name = sink.Buffer.AsSpan(0, sink.Length).ToArray();
        // A name that is none would make other XML of the event.
        if (name.Length == 0 || name.AsSpan().IndexOfAny(s_noName) >= 0) throw new EvtxDamage("a name has characters that names do not have");
        return name;
    }

    static int Offset(uint offset) => offset < EvtxChunk.Size ? (int)offset : throw new EvtxDamage("an offset lies outside of the chunk");

    byte Byte(ref int at) => at < end ? chunk[at++] : throw Short();

    ushort Word(ref int at)
    {
        if (at + 2 > end) throw Short();
        at += 2;
        return BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(at - 2));
    }

    uint Double(int at) => at + 4 <= end ? BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(at)) : throw Short();

    void Skip(ref int at, long bytes)
    {
        if (at + bytes > end) throw Short();
        at += (int)bytes;
    }

    static EvtxDamage Short() => new("a record ends too early");
}
