using System.Text.Json.Nodes;
using Karst.Engine.Paths;

namespace Karst.Engine.Functions;

/// <summary>A place in a JSON document: a key of an object, or an index of an array.</summary>
readonly record struct JsonPlace(JsonNode Holder, string? Key, int Index)
{
    /// <summary>The node at the place; null when there is none, or a JSON null.</summary>
    internal JsonNode? Node => Holder is System.Text.Json.Nodes.JsonObject map ? map[Key!] : Holder is System.Text.Json.Nodes.JsonArray list && Index < list.Count ? list[Index] : null;

    /// <summary>The place that a path leads to; null when it leads nowhere. With <paramref name="creates"/> missing objects on the way are made.</summary>
    internal static JsonPlace? Find(JsonNode? root, ValuePath path, bool creates)
    {
        var node = root;
        JsonPlace? place = null;
        foreach (var step in path.Steps)
        {
            if (step.Name.Length > 0)
            {
                if (place is { } before) node = before.Enter(creates);
                if (node is not System.Text.Json.Nodes.JsonObject map) return null;
                place = new JsonPlace(map, step.Name, 0);
            }
            foreach (var index in step.Indices)
            {
                if (place is { } before) node = before.Node;
                // `{}` names no single place, and `{@x}` is for XML.
                if (node is not System.Text.Json.Nodes.JsonArray list || index.Number < 0 || index.Number > list.Count) return null;
                place = new JsonPlace(list, null, index.Number);
            }
        }
        return place;
    }

    /// <summary>Puts a node there; behind the end of an array it is added.</summary>
    internal void Set(JsonNode? node)
    {
        if (Holder is System.Text.Json.Nodes.JsonObject map) map[Key!] = node;
        else if (Holder is System.Text.Json.Nodes.JsonArray list)
        {
            if (Index < list.Count) list[Index] = node;
            else list.Add(node);
        }
    }

    /// <summary>Takes the node away.</summary>
    internal void Remove()
    {
        if (Holder is System.Text.Json.Nodes.JsonObject map) map.Remove(Key!);
        else if (Holder is System.Text.Json.Nodes.JsonArray list && Index < list.Count) list.RemoveAt(Index);
    }

    JsonNode? Enter(bool creates)
    {
        if (Node is null && creates && !(Holder is System.Text.Json.Nodes.JsonObject map && map.ContainsKey(Key!))) Set(new System.Text.Json.Nodes.JsonObject());
        return Node;
    }
}
