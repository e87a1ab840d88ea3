using System.Text;
using System.Text.Json;

namespace Karst.Engine.Paths;

/// <summary>Takes all fields out of JSON text: `a.b` for an object's, `a{}` for an array's elements, `a{}.b` for fields of objects in an array.</summary>
sealed class JsonFields(FieldCollector fields)
{
    // Names are made once and found again by the keys that lead to them.
    Node _root = new("", null);
    int _generation;

    sealed class Node(string name, FieldCollector.Slot? slot)
    {
        internal string Name { get; } = name;

        internal FieldCollector.Slot? Slot { get; set; } = slot;

        internal Node? Elements { get; set; }

        internal Dictionary<string, Node>? Children { get; set; }
    }

    /// <summary>Adds the fields of a text to the row at hand; false when the text breaks off or is too deep: then what came before was added.</summary>
    internal bool Extract(Slice text)
    {
        if (_generation != fields.Generation)
        {
            _root = new Node("", null);
            _generation = fields.Generation;
        }
        var path = new Stack<Node>();
        var node = _root;
        try
        {
            var reader = new Utf8JsonReader(text.Bytes, JsonPath.Options);
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        node = Child(path.Peek(), ref reader);
                        continue;
                    case JsonTokenType.StartObject:
                        path.Push(node);
                        continue;
                    case JsonTokenType.StartArray:
                        path.Push(node = Elements(node));
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        path.Pop();
                        break;
                    default:
                        // A text that is nothing but a value has no name, and neither has the value of an empty key.
                        if (path.Count > 0 && node.Name.Length > 0) fields.Add(node.Slot ??= fields.SlotOf(node.Name), JsonPath.Take(ref reader, text));
                        break;
                }
                // Within an array the next value has the array's name again.
                if (path.Count > 0) node = path.Peek();
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static Node Elements(Node node) => node.Elements ??= new Node(node.Name + "{}", null);

    Node Child(Node node, ref Utf8JsonReader reader)
    {
        var key = Karst.Events.JsonText.Unescaped(reader.ValueSpan, reader.ValueIsEscaped);
        var children = node.Children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
        Span<char> buffer = key.Length <= 256 ? stackalloc char[256] : new char[key.Length];
        ReadOnlySpan<char> name = buffer[..Encoding.UTF8.GetChars(key, buffer)];
        if (children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var child)) return child;
        child = new Node(node == _root ? name.ToString() : $"{node.Name}.{name}", null);
        children[name.ToString()] = child;
        return child;
    }
}
