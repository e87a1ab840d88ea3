using Karst.Engine.Running;
using System.Text.Json;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// Where events come from, when nobody says: recognised from the first events' content, never from what a rule wishes. What is not
/// recognised is `_json` or plain text under the name `unknown`.
/// </summary>
static class Recognition
{
    // A log that was cut begins in the middle of an event: what follows still shows what it is.
    const int EventsLookedAt = 20;

    internal static EventOrigin Of(string path, RawBlock first, EventKind kind, FileMetadata metadata)
    {
        return new EventOrigin(
            metadata.Source ?? path,
            metadata.Sourcetype ?? Recognise(first, kind),
            metadata.Host ?? "localhost",
            metadata.Index ?? "main");
    }

    internal static EventOrigin Of(EventEnvelope? envelope, EventOrigin file, FileMetadata metadata)
    {
        if (envelope is null) return file;
        return new EventOrigin(
            metadata.Source ?? Field(envelope, "source") ?? file.Source,
            metadata.Sourcetype ?? Field(envelope, "sourcetype") ?? file.Sourcetype,
            metadata.Host ?? Field(envelope, "host") ?? file.Host,
            metadata.Index ?? Field(envelope, "index") ?? file.Index);
    }

    static string? Field(EventEnvelope envelope, string name)
    {
        foreach (var (key, value) in envelope.Fields)
            if (key == name && !value.IsNull) return value[0].ToString();
        return null;
    }

    static string Recognise(RawBlock first, EventKind kind)
    {
        string? found = null;
        foreach (var raw in first.Events.Take(EventsLookedAt))
        {
            var sourcetype = Recognise(first.Buffer.AsSpan(raw.Offset, raw.Length), kind);
            if (sourcetype == "aws:cloudtrail") return sourcetype;
            if (found is null or "unknown") found = sourcetype;
        }
        return found ?? "unknown";
    }

    static string Recognise(ReadOnlySpan<byte> first, EventKind kind)
    {
        var trimmed = first.TrimStart(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed[0] != '{') return kind == EventKind.Csv ? "csv" : "unknown";
        var keys = TopKeys(trimmed);
        return keys.Contains("eventVersion") && keys.Contains("eventSource") ? "aws:cloudtrail" : "_json";
    }

    static HashSet<string> TopKeys(ReadOnlySpan<byte> json)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true });
        try
        {
            while (keys.Count < 100 && reader.Read())
            {
                if (reader.CurrentDepth > 1 && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.TrySkip();
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) keys.Add(reader.GetString()!);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // A cut-off first event still shows its first keys.
        }
        return keys;
    }
}
