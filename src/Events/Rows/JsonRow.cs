using System.Text;
using System.Text.Json;

namespace Karst.Events;

/// <summary>A JSON object as fields: an array is a multivalue, null is absent, an object is its JSON text, numbers and Booleans are their text.</summary>
public static class JsonRow
{
    static readonly JsonReaderOptions s_options = new() { MaxDepth = 1 << 20, AllowTrailingCommas = false };

    /// <summary>The fields in the order of the object, values detached; null when the text is not one JSON object. A repeated key gathers its values.</summary>
    public static List<KeyValuePair<string, Value>>? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, s_options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            var fields = new List<KeyValuePair<string, Value>>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Encoding.UTF8.GetString(JsonText.Unescaped(reader.ValueSpan, reader.ValueIsEscaped));
                reader.Read();
                Add(fields, name, ReadValue(ref reader, json));
            }
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? fields : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static void Add(List<KeyValuePair<string, Value>> fields, string name, Value value)
    {
        if (value.IsNull) return;
        var at = fields.FindIndex(field => field.Key == name);
        if (at < 0) fields.Add(new(name, value));
        else fields[at] = new(name, Value.FromMany(Elements(fields[at].Value).Concat(Elements(value)).ToArray()));
    }

    static IEnumerable<Value> Elements(Value value)
    {
        for (var i = 0; i < value.Count; i++) yield return value[i];
    }

    static Value ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return ReadSingle(ref reader, json);
        var values = new List<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var value = ReadSingle(ref reader, json);
            if (!value.IsNull) values.Add(value);
        }
        return Value.FromMany(values);
    }

    // An array within an array stays JSON text, as an object does.
    static Value ReadSingle(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Value.Null;
            case JsonTokenType.String:
                return Value.FromUtf8(JsonText.Unescaped(reader.ValueSpan, reader.ValueIsEscaped));
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Value.FromUtf8(json[start..(int)reader.BytesConsumed]);
            default:
                return Value.FromUtf8(reader.ValueSpan);
        }
    }
}
