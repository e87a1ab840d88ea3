using System.Text.Json;
using Karst.Events;

namespace Karst.Engine.Paths;

/// <summary>Takes the values at a path out of JSON text.</summary>
static class JsonPath
{
    internal const int Depth = 512;

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Adds the values found; where the text breaks off or is no JSON, those before that place.</summary>
    internal static void Find(Slice text, ValuePath path, List<Value> found)
    {
        try
        {
            var reader = new Utf8JsonReader(text.Bytes, Options);
            if (reader.Read()) Step(ref reader, text, path.Steps, 0, found);
        }
        catch (JsonException)
        {
            // What was found before stays, as Splunk reads as far as it can.
        }
    }

    // The depth of the recursion is the length of the path.
    static void Step(ref Utf8JsonReader reader, Slice text, IReadOnlyList<PathStep> steps, int at, List<Value> found)
    {
        if (at == steps.Count)
        {
            found.Add(Take(ref reader, text));
            return;
        }
        var step = steps[at];
        if (step.Utf8.Length == 0)
        {
            Index(ref reader, text, steps, at, 0, found);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = JsonText.Unescaped(reader.ValueSpan, reader.ValueIsEscaped).SequenceEqual(step.Utf8);
            reader.Read();
            if (isName) Index(ref reader, text, steps, at, 0, found);
            else reader.Skip();
        }
    }

    static void Index(ref Utf8JsonReader reader, Slice text, IReadOnlyList<PathStep> steps, int at, int index, List<Value> found)
    {
        var indices = steps[at].Indices;
        if (index == indices.Count)
        {
            Step(ref reader, text, steps, at + 1, found);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartArray || indices[index].Attribute is not null)
        {
            reader.Skip();
            return;
        }
        var number = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (indices[index].IsEvery || indices[index].Number == number) Index(ref reader, text, steps, at, index + 1, found);
            else reader.Skip();
            number++;
        }
    }

    /// <summary>The value at the reader: text without quotes, numbers and literals as written, objects and arrays as their JSON text.</summary>
    internal static Value Take(ref Utf8JsonReader reader, Slice text)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return text.Value(start, (int)reader.BytesConsumed - start);
        }
        if (reader.TokenType != JsonTokenType.String) return text.Value(start, reader.ValueSpan.Length);
        return reader.ValueIsEscaped
            ? Value.FromUtf8(JsonText.Unescaped(reader.ValueSpan, true))
            : text.Value(start + 1, reader.ValueSpan.Length);
    }
}
