using System.Text;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// Where events come from, when nobody says: recognised from the first events' content, never from what a rule wishes. What is not
/// recognised is `_json` or plain text under the name `unknown`.
/// </summary>
sealed class Recognition(string path, FileMetadata metadata)
{
    // A log that was cut begins in the middle of an event: what follows still shows what it is.
    const int EventsLookedAt = 20;

    const string WindowsXml = "XmlWinEventLog";

    // Each channel has a scan of its own with all searches: a file of made-up channels must not use up memory.
    internal const int MostChannels = 64;

    readonly Dictionary<string, EventOrigin> _channels = new(StringComparer.Ordinal);

    /// <summary>A file has more channels than sources are made of.</summary>
    internal bool HasTooManyChannels { get; private set; }

    /// <summary>Where the file's events come from, and how many of the first events look like it.</summary>
    internal (EventOrigin Origin, int Alike, int Looked) OfFile(RawBlock first, EventKind kind)
    {
        var looked = Math.Min(first.Events.Count, EventsLookedAt);
        var (sourcetype, alike) = metadata.Sourcetype is { } given ? (given, looked) : Recognise(first, looked, kind);
        return (new EventOrigin(metadata.Source ?? path, sourcetype, metadata.Host ?? "localhost", metadata.Index ?? "main"), alike, looked);
    }

    /// <summary>Whether events of the file come from different places though none has an envelope: a Windows event names its channel.</summary>
    internal bool IsPerEvent(EventOrigin file) => metadata.Source is null && file.Sourcetype.Equals(WindowsXml, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Where a Windows event comes from. The add-on's index-time transforms make the source of the channel, `XmlWinEventLog:Security`; rules ask for it.
    /// The host stays the file's: one log may hold the events of thousands of computers, and `Computer` names each.
    /// </summary>
    internal EventOrigin OfWindowsEvent(ReadOnlySpan<byte> raw, EventOrigin file)
    {
        var channel = Encoding.UTF8.GetString(Element(raw, "<Channel>"u8, "</Channel>"u8));
        if (channel.Length == 0) return file;
        if (_channels.TryGetValue(channel, out var origin)) return origin;
        if (_channels.Count == MostChannels)
        {
            HasTooManyChannels = true;
            return file;
        }
        return _channels[channel] = file with { Source = $"{WindowsXml}:{channel}" };
    }

    /// <summary>Where an event of an export comes from: what its envelope says, unless an option says other.</summary>
    internal EventOrigin OfEnvelope(EventEnvelope? envelope, EventOrigin file)
    {
        if (envelope is null) return file;
        return new EventOrigin(
            metadata.Source ?? Field(envelope, "source") ?? file.Source,
            metadata.Sourcetype ?? Field(envelope, "sourcetype") ?? file.Sourcetype,
            metadata.Host ?? Field(envelope, "host") ?? file.Host,
            metadata.Index ?? Field(envelope, "index") ?? file.Index);
    }

    static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close)
    {
        var start = raw.IndexOf(open);
        if (start < 0) return default;
        raw = raw[(start + open.Length)..];
        var end = raw.IndexOf(close);
        return end < 0 ? default : raw[..end];
    }

    static string? Field(EventEnvelope envelope, string name)
    {
        foreach (var (key, value) in envelope.Fields)
            if (key == name && !value.IsNull) return value[0].ToString();
        return null;
    }

    // The sourcetype that most of the first events show, the earlier one of two that are equal.
    static (string Sourcetype, int Alike) Recognise(RawBlock first, int looked, EventKind kind)
    {
        var counts = new List<(string Sourcetype, int Count)>();
        var json = 0;
        foreach (var raw in first.Events.Take(looked))
        {
            var shape = LogShape.Of(first.Buffer.AsSpan(raw.Offset, raw.Length));
            if (shape.IsJson) json++;
            if (KnownLogs.Find(shape) is not { } sourcetype) continue;
            var at = counts.FindIndex(known => known.Sourcetype == sourcetype);
            if (at < 0) counts.Add((sourcetype, 1));
            else counts[at] = (sourcetype, counts[at].Count + 1);
        }
        if (counts.Count > 0) return counts.MaxBy(known => known.Count);
        if (json > 0) return ("_json", json);
        // Events of several lines that were cut into lines.
        if (kind == EventKind.Lines && looked > 1)
        {
            var (start, last) = (first.Events[0].Offset, first.Events[looked - 1]);
            if (KnownLogs.Find(LogShape.Of(first.Buffer.AsSpan(start, last.Offset + last.Length - start))) is { } sourcetype) return (sourcetype, looked);
        }
        return (kind == EventKind.Csv ? "csv" : "unknown", 0);
    }
}
