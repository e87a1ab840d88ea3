using System.Text.Json;
using Karst.Engine.Paths;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the value at a path of JSON text; of several paths, or of one with {}, a JSON array.</summary>
sealed class JsonExtract : Function
{
    public override string Name => "json_extract";

    public override string Usage => "json_extract(json [, path, ...])";

    public override string Summary => "Gives the value at a path of JSON text; of several paths, or of one with {}, a JSON array.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        using var document = Json.Parse(arguments[0]);
        if (document is null) return Value.Null;
        if (arguments.Length == 1) return Json.Native(document.RootElement);
        var results = new List<Value>();
        foreach (var argument in arguments[1..]) results.Add(Extract(document.RootElement, argument.ToString()));
        if (results.Count == 1) return results[0];
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var result in results) Json.WriteValue(writer, result);
            writer.WriteEndArray();
        });
    }

    static Value Extract(JsonElement root, string text)
    {
        if (ValuePath.Parse(text) is not { } path) return Value.Null;
        var found = new List<JsonElement>();
        Json.Find(root, path, found);
        if (found.Count == 0) return Value.Null;
        if (!text.Contains("{}", StringComparison.Ordinal)) return Json.Native(found[0]);
        return Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var element in found) element.WriteTo(writer);
            writer.WriteEndArray();
        });
    }
}
