using System.Text.Json;
using System.Text.Json.Nodes;
using Karst.Engine.Paths;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Changes JSON text at paths: what json_append, json_delete, json_extend and json_set share.</summary>
static class JsonEdit
{
    static readonly JsonDocumentOptions s_options = new() { MaxDepth = 512 };

    /// <summary>
    /// The document after an edit for each path; absent when the text is no JSON. <paramref name="edit"/> is given the node that holds the last step's
    /// target (an object with its key, or an array with its index) and may change it; it is not called for paths that lead nowhere.
    /// </summary>
    internal static Value Apply(ReadOnlySpan<Value> arguments, int stride, bool creates, Func<JsonPlace, Value, JsonNode?, JsonNode?> edit)
    {
        if (Parse(arguments[0]) is not (true, var root)) return Value.Null;
        try
        {
            for (var at = 1; at + stride - 1 < arguments.Length; at += stride)
            {
                var value = stride > 1 ? arguments[at + 1] : Value.Null;
                if (ValuePath.Parse(arguments[at].ToString()) is { } path && JsonPlace.Find(root, path, creates) is { } place) root = edit(place, value, root);
            }
        }
        catch (ArgumentException)
        {
            // An object with one key twice cannot be changed without guessing which.
            return Value.Null;
        }
        return Text(root);
    }

    /// <summary>The text as a node; a JSON null is a node that is null.</summary>
    internal static (bool IsJson, JsonNode? Root) Parse(Value value)
    {
        if (value.Count != 1) return (false, null);
        try
        {
            return (true, JsonNode.Parse(value.AsUtf8(), documentOptions: s_options));
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }

    /// <summary>A value as a node.</summary>
    internal static JsonNode? Node(Value value) => JsonNode.Parse(Json.Write(writer => Json.WriteValue(writer, value)).Utf8, documentOptions: s_options);

    /// <summary>A node as a value.</summary>
    internal static Value Text(JsonNode? node) => Json.Write(writer =>
    {
        if (node is null) writer.WriteNullValue();
        else node.WriteTo(writer);
    });
}
