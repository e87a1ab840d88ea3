using System.Text.Json;

namespace Karst.Engine.Scanning;

/// <summary>What the beginning of an event shows: the keys of a JSON object, one level below the top too, and the texts beside them; or plain text.</summary>
sealed class LogShape
{
    const int MostKeys = 400;
    const int MostText = 4_096;

    readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    LogShape(string text, bool isJson)
    {
        Text = text;
        IsJson = isJson;
    }

    /// <summary>The first characters, bytes taken as Latin-1.</summary>
    internal string Text { get; }

    /// <summary>It begins as a JSON object.</summary>
    internal bool IsJson { get; }

    /// <summary>Looks at an event; one that was cut shows what there is.</summary>
    internal static LogShape Of(ReadOnlySpan<byte> raw)
    {
        var trimmed = raw.TrimStart(" \t\r\n"u8);
        var shape = new LogShape(System.Text.Encoding.Latin1.GetString(trimmed[..Math.Min(trimmed.Length, MostText)]), !trimmed.IsEmpty && trimmed[0] == '{');
        if (shape.IsJson) shape.ReadKeys(trimmed);
        return shape;
    }

    /// <summary>All of the keys are there; `a.b` is a key below the top.</summary>
    internal bool Has(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (!_keys.ContainsKey(key)) return false;
        return true;
    }

    /// <summary>A key's text; empty for what is no text and where there is none.</summary>
    internal string this[string key] => _keys.GetValueOrDefault(key, "");

    void ReadKeys(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true });
        var parent = "";
        var name = "";
        try
        {
            while (_keys.Count < MostKeys && reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                        parent = name = reader.GetString()!;
                        _keys.TryAdd(name, "");
                        break;
                    case JsonTokenType.PropertyName when reader.CurrentDepth == 2:
                        name = parent + "." + reader.GetString();
                        _keys.TryAdd(name, "");
                        break;
                    case JsonTokenType.String:
                        if (reader.CurrentDepth <= 2 && !reader.HasValueSequence) _keys[name] = reader.GetString()!;
                        break;
                    case JsonTokenType.StartArray:
                    case JsonTokenType.StartObject when reader.CurrentDepth > 1:
                        reader.TrySkip();
                        break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // A cut-off event still shows its first keys.
        }
    }
}
