using System.Buffers;
using System.Text.Json;
using Karst.Engine.Paths;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>JSON text to values and back.</summary>
static class Json
{
    static readonly JsonDocumentOptions s_options = new() { MaxDepth = 512 };
    static readonly JsonWriterOptions s_writer = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 600, SkipValidation = true };

    /// <summary>Parses a single text; null when it is no JSON.</summary>
    internal static JsonDocument? Parse(Value value)
    {
        // What begins otherwise is no JSON, and an exception for each text would cost more than all the rest.
        if (value.Count != 1 || value.AsUtf8().TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'), ..]) return null;
        try
        {
            return JsonDocument.Parse(value.AsUtf8().ToArray(), s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What kind of JSON a single text is; undefined when it is none.</summary>
    internal static JsonValueKind KindOf(Value value)
    {
        using var document = Parse(value);
        return document?.RootElement.ValueKind ?? JsonValueKind.Undefined;
    }

    /// <summary>Writes JSON with a function.</summary>
    internal static Value Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_writer)) write(writer);
        return Value.FromUtf8(buffer.WrittenSpan);
    }

    /// <summary>An element as a value: text without quotes, null absent, an object or array as its text.</summary>
    internal static Value Native(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Value.Null,
        JsonValueKind.String => Value.FromText(element.GetString()!),
        _ => Value.FromText(element.GetRawText()),
    };

    /// <summary>A value as JSON: numbers, Booleans, objects and arrays as such, several values as an array, all else as text.</summary>
    internal static void WriteValue(Utf8JsonWriter writer, Value value, bool infersTypes = true)
    {
        if (value.IsNull) writer.WriteNullValue();
        else if (value.IsBool) writer.WriteBooleanValue(value.IsTrue);
        else if (value.IsMultivalue)
        {
            writer.WriteStartArray();
            for (var i = 0; i < value.Count; i++) WriteValue(writer, value[i], infersTypes);
            writer.WriteEndArray();
        }
        else if (infersTypes && value.TryNumber(out var number)) writer.WriteRawValue(value.IsText && IsJsonNumber(value) ? value.ToString() : NumberText.Format(number), true);
        else if (infersTypes && value.AsUtf8() is [(byte)'{' or (byte)'[', ..] && Parse(value) is { } document)
        {
            using (document) document.RootElement.WriteTo(writer);
        }
        else writer.WriteStringValue(value.AsUtf8());
    }

    /// <summary>The elements at a path.</summary>
    internal static void Find(JsonElement element, ValuePath path, List<JsonElement> found) => Step(element, path.Steps, 0, found);

    // 007 is a number to SPL and none to JSON.
    static bool IsJsonNumber(Value value)
    {
        using var document = Parse(value);
        return document?.RootElement.ValueKind == JsonValueKind.Number;
    }

    static void Step(JsonElement element, IReadOnlyList<PathStep> steps, int at, List<JsonElement> found)
    {
        if (at == steps.Count)
        {
            found.Add(element);
            return;
        }
        var step = steps[at];
        if (step.Name.Length > 0)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step.Name, out element)) return;
        }
        Index(element, steps, at, 0, found);
    }

    static void Index(JsonElement element, IReadOnlyList<PathStep> steps, int at, int index, List<JsonElement> found)
    {
        if (index == steps[at].Indices.Count)
        {
            Step(element, steps, at + 1, found);
            return;
        }
        if (element.ValueKind != JsonValueKind.Array) return;
        var wanted = steps[at].Indices[index];
        if (wanted.IsEvery)
        {
            foreach (var item in element.EnumerateArray()) Index(item, steps, at, index + 1, found);
        }
        else if (wanted.Attribute is null && wanted.Number < element.GetArrayLength()) Index(element[wanted.Number], steps, at, index + 1, found);
    }
}
