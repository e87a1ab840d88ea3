using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Events;

namespace Karst.Engine.Knowledge.Collections;

/// <summary>A collection's record as JSON: a text a field, an array for several values, no member for an absent one.</summary>
static class RecordText
{
    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(IEnumerable<(string Name, Value Value)> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                if (value.IsNull) continue;
                writer.WritePropertyName(name);
                if (!value.IsMultivalue) writer.WriteStringValue(value.ToString());
                else
                {
                    writer.WriteStartArray();
                    for (var i = 0; i < value.Count; i++) writer.WriteStringValue(value[i].ToString());
                    writer.WriteEndArray();
                }
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static IEnumerable<(string Name, Value Value)> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        foreach (var member in document.RootElement.EnumerateObject())
            yield return (member.Name, member.Value.ValueKind == JsonValueKind.Array
                ? Value.FromMany(member.Value.EnumerateArray().Select(element => Value.FromText(element.GetString()!)).ToList())
                : Value.FromText(member.Value.GetString()!));
    }
}
