using System.Buffers.Binary;

namespace Karst.Events;

/// <summary>Nodes with the values of a record to XML.</summary>
sealed class BinXmlWriter(EvtxChunk chunk, byte[] bytes, XmlSink sink)
{
    // Templates may hold templates, and values may be XML: a record that refers to itself must end.
    const int MostLevels = 32;

    /// <summary>A value: its type and where it lies in the chunk.</summary>
    internal readonly record struct Part(int Type, int Start, int Length)
    {
        internal bool IsAbsent => Type == EvtxValue.Null || Length == 0;
    }

    /// <summary>Writes nodes.</summary>
    internal void Write(List<BinXmlNode> nodes, Part[] values, int level)
    {
        if (level > MostLevels) throw new EvtxDamage($"templates nest deeper than {MostLevels} levels");
        foreach (var node in nodes)
        {
            switch (node)
            {
                case BinXmlNode.Literal literal: sink.Write(literal.Xml); break;
                case BinXmlNode.Substitution substitution: WriteValue(Of(values, substitution), level, isAttribute: false); break;
                case BinXmlNode.Element element: WriteElement(element, values, level); break;
                case BinXmlNode.Instance instance: WriteInstance(instance.Offset, level); break;
            }
        }
    }

    void WriteElement(BinXmlNode.Element element, Part[] values, int level)
    {
        if (element.Dependency >= 0 && element.Dependency < values.Length && values[element.Dependency] is { IsAbsent: true, Type: not EvtxValue.Text }) return;
        // Windows repeats an element whose only content is a list.
        if (element.Children is [BinXmlNode.Substitution only] && Of(values, only) is { IsAbsent: false } list && (list.Type & EvtxValue.Array) != 0)
        {
            foreach (var item in EvtxValue.Items(list.Type, bytes.AsSpan(list.Start, list.Length)))
            {
                var (offset, length) = item.GetOffsetAndLength(list.Length);
                WriteTag(element, values);
                sink.Write(">"u8);
                EvtxValue.Write(sink, list.Type & ~EvtxValue.Array, bytes.AsSpan(list.Start + offset, length), isAttribute: false);
                Close(element);
            }
            return;
        }
        WriteTag(element, values);
        if (element.Children is null)
        {
            sink.Write("/>"u8);
            return;
        }
        sink.Write(">"u8);
        Write(element.Children, values, level + 1);
        Close(element);
    }

    void Close(BinXmlNode.Element element)
    {
        sink.Write("</"u8);
        sink.Write(element.Name);
        sink.Write(">"u8);
    }

    void WriteTag(BinXmlNode.Element element, Part[] values)
    {
        sink.Write("<"u8);
        sink.Write(element.Name);
        foreach (var (name, value) in element.Attributes)
        {
            // An attribute whose value the record lacks is not there.
            if (value.Count > 0 && value.TrueForAll(node => node is BinXmlNode.Substitution substitution && Of(values, substitution).IsAbsent)) continue;
            sink.Write(" "u8);
            sink.Write(name);
            sink.Write("='"u8);
            foreach (var node in value)
            {
                if (node is BinXmlNode.Literal literal) sink.Write(literal.Xml);
                else if (node is BinXmlNode.Substitution substitution) WriteValue(Of(values, substitution), MostLevels, isAttribute: true);
            }
            sink.Write("'"u8);
        }
    }

    void WriteValue(Part value, int level, bool isAttribute)
    {
        if (value.IsAbsent) return;
        if (value.Type != EvtxValue.BinXml)
        {
            EvtxValue.Write(sink, value.Type, bytes.AsSpan(value.Start, value.Length), isAttribute);
            return;
        }
        if (isAttribute) throw new EvtxDamage("an attribute has XML as its value");
        var at = value.Start;
        Write(new BinXmlReader(bytes, value.Start + value.Length, isValue: true).ReadContent(ref at), [], level + 1);
    }

    void WriteInstance(int at, int level)
    {
        // The reader has walked over all of this, so that it lies within the record.
        var definition = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 5));
        at += 9;
        if (definition == at) at += 24 + (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 20));
        var count = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        at += 4;
        var values = new Part[count];
        var start = at + (4 * count);
        for (var i = 0; i < count; i++, at += 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
            values[i] = new Part(bytes[at + 2], start, length);
            start += length;
        }
        Write(chunk.Template(definition), values, level + 1);
    }

    static Part Of(Part[] values, BinXmlNode.Substitution substitution) =>
        substitution.Index < values.Length ? values[substitution.Index] : default;
}
