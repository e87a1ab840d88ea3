namespace Karst.Events;

/// <summary>A piece of a BinXML template, read once for a chunk and filled in for each record.</summary>
abstract class BinXmlNode
{
    /// <summary>Bytes that are XML already.</summary>
    internal sealed class Literal(byte[] xml) : BinXmlNode
    {
        internal byte[] Xml { get; } = xml;
    }

    /// <summary>A value of the record; one that is absent takes its attribute with it.</summary>
    internal sealed class Substitution(int index) : BinXmlNode
    {
        internal int Index { get; } = index;
    }

    /// <summary>A template within another one.</summary>
    internal sealed class Instance(int offset) : BinXmlNode
    {
        internal int Offset { get; } = offset;
    }

    /// <summary>An element: its name, its attributes, what it holds. Null children are `&lt;name/&gt;`.</summary>
    internal sealed class Element(byte[] name, List<(byte[] Name, List<BinXmlNode> Value)> attributes, List<BinXmlNode>? children, int dependency) : BinXmlNode
    {
        /// <summary>The value without which the element is left out; -1 for none.</summary>
        internal int Dependency { get; } = dependency;

        internal byte[] Name { get; } = name;

        internal List<(byte[] Name, List<BinXmlNode> Value)> Attributes { get; } = attributes;

        internal List<BinXmlNode>? Children { get; } = children;
    }
}
