namespace Karst.Events;

/// <summary>Splunk's JSON results: `{"preview":false,"result":{"_raw":"...", ...}}` or the result alone, a line each.</summary>
sealed class SplunkJsonDecoder(Action<string, string> problem) : EnvelopeDecoder
{
    public override void Decode(byte[] buffer, List<RawEvent> events)
    {
        for (var i = 0; i < events.Count; i++) events[i] = Decode(buffer, events[i]);
    }

    RawEvent Decode(byte[] buffer, RawEvent line)
    {
        var fields = JsonRow.Parse(buffer.AsSpan(line.Offset, line.Length));
        if (fields is null)
        {
            problem("broken-json", "a line of JSON results is not a JSON object");
            return line;
        }
        var result = fields.Find(static field => field.Key == "result");
        if (result.Key is not null && result.Value.IsText && JsonRow.Parse(result.Value.Utf8) is { } inner)
        {
            fields = inner;
            result.Value.Utf8.CopyTo(buffer.AsSpan(line.Offset));
            line = new RawEvent(line.Offset, result.Value.Utf8.Length);
        }
        var raw = fields.FindIndex(static field => field.Key == "_raw");
        if (raw < 0) return line with { Envelope = new EventEnvelope(fields) };
        var text = fields[raw].Value.AsUtf8();
        text.CopyTo(buffer.AsSpan(line.Offset));
        fields.RemoveAt(raw);
        return new RawEvent(line.Offset, text.Length) { Envelope = new EventEnvelope(fields) };
    }
}
