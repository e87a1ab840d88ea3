using System.Text.Json;

namespace Karst.Events;

/// <summary>Tells from the first bytes how an input is cut into events.</summary>
static class KindDetector
{
    const int LinesLookedAt = 4;

    static readonly JsonReaderOptions s_options = new() { MaxDepth = 1 << 20 };

    enum FirstObject
    {
        OneLine,
        SeveralLines,
        FollowedByOther,
        FollowedByText,
        Broken,
    }

    /// <summary>The kind that the head shows; `whole` when nothing follows it. The name only tells a CSV file that has a header alone.</summary>
    public static EventKind Detect(ReadOnlySpan<byte> head, bool whole, string name)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return EventKind.Lines;
        return text[0] switch
        {
            (byte)'{' => JsonObjects(text, whole),
            (byte)'[' => JsonWrapper.Opening(text, true).Elements >= 0 ? EventKind.JsonDocuments : EventKind.Lines,
            (byte)'<' => IsXml(text) ? EventKind.Xml : EventKind.Lines,
            _ => CsvHeader.IsHeader(text, whole, name) ? EventKind.Csv : EventKind.Lines,
        };
    }

    static EventKind JsonObjects(ReadOnlySpan<byte> text, bool whole)
    {
        if (JsonWrapper.Opening(text, true).Elements >= 0) return EventKind.JsonDocuments;
        if (IsSplunkResult(FirstLine(text), whole || text.Contains((byte)'\n'))) return EventKind.SplunkJson;
        for (var line = 0; line < LinesLookedAt && !text.IsEmpty; line++)
        {
            var first = text[0] == '{' ? Look(text, whole) : FirstObject.Broken;
            if (first is FirstObject.SeveralLines or FirstObject.FollowedByOther) return EventKind.JsonDocuments;
            if (line == 0 && first is FirstObject.FollowedByText) return EventKind.Lines;
            text = text[FirstLine(text).Length..].TrimStart(" \t\r\n"u8);
        }
        return EventKind.JsonLines;
    }

    static FirstObject Look(ReadOnlySpan<byte> text, bool whole)
    {
        var line = FirstLine(text);
        var reader = new Utf8JsonReader(text, isFinalBlock: whole, new JsonReaderState(s_options));
        try
        {
            reader.Read();
            var complete = reader.TrySkip();
            var used = (int)reader.BytesConsumed;
            if (!complete) return line.Length < text.Length ? FirstObject.SeveralLines : FirstObject.OneLine;
            if (used > line.Length) return FirstObject.SeveralLines;
            var rest = line[used..].TrimStart(" \t\r"u8);
            if (rest.IsEmpty) return FirstObject.OneLine;
            return rest[0] is (byte)'{' or (byte)',' or 0x1E ? FirstObject.FollowedByOther : FirstObject.FollowedByText;
        }
        catch (JsonException)
        {
            return LooksIndented(line, text[line.Length..]) ? FirstObject.SeveralLines : FirstObject.Broken;
        }
    }

    // A broken object is one of several lines when its first line is the bracket alone, or what follows is indented.
    static bool LooksIndented(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return false;
        var next = rest.TrimStart("\r\n"u8);
        return line.TrimEnd(" \t\r"u8).Length == 1 || (!next.IsEmpty && next[0] is (byte)' ' or (byte)'\t' or (byte)'}');
    }

    static bool IsSplunkResult(ReadOnlySpan<byte> line, bool isWhole)
    {
        if (line.IndexOf("\"_raw\""u8) < 0 && line.IndexOf("\"result\""u8) < 0) return false;
        var fields = JsonRow.Parse(line);
        if (fields is null) return !isWhole && line.StartsWith("{\"preview\":"u8) && line.IndexOf("\"result\":{"u8) >= 0;
        return fields.Exists(static field => field.Key == "_raw")
            || (fields.Exists(static field => field.Key == "result" && field.Value.IsText && field.Value.Utf8.StartsWith("{"u8))
                && fields.Exists(static field => field.Key is "preview" or "offset"));
    }

    static bool IsXml(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("<?xml"u8)) return text.IndexOf("<Event"u8) >= 0;
        return text.StartsWith("<Event"u8) && text.Length > 6 && text[6] is (byte)' ' or (byte)'>' or (byte)'s' or (byte)'\t' or (byte)'\n' or (byte)'\r';
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? text : text[..end];
    }
}
