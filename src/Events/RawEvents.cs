namespace Karst.Events;

/// <summary>Where an event comes from; Splunk's four metadata fields.</summary>
public sealed record EventOrigin(string Source, string Sourcetype, string Host, string Index);

/// <summary>One raw event: a slice of the block's buffer.</summary>
public readonly record struct RawEvent(int Offset, int Length)
{
    /// <summary>What a container said beside the raw text (an export's `_time`, host, ...); null for plain files.</summary>
    public EventEnvelope? Envelope { get; init; }

    /// <summary>Its place in the stretch of the file that it was read with.</summary>
    public int Rank { get; init; }
}

/// <summary>Fields that came beside `_raw` in an export, a HEC envelope or a row file. Names are Splunk's; values are detached.</summary>
public sealed record EventEnvelope(IReadOnlyList<KeyValuePair<string, Value>> Fields);

/// <summary>A stretch of a file: a buffer and the events found in it, in the order of the file.</summary>
public sealed class RawBlock
{
    /// <summary>The bytes; events are slices of it. Reused after the block was handled, unless <see cref="Keep"/> is set.</summary>
    public byte[] Buffer { get; set; } = [];

    /// <summary>The events.</summary>
    public List<RawEvent> Events { get; } = [];

    /// <summary>Somebody keeps slices of the buffer: the reader takes a new one for its next block.</summary>
    public bool Keep { get; set; }
}

/// <summary>A problem with input, counted and named: what kind (`truncated-json`, `bad-gzip`, ...), where, how often.</summary>
public sealed record InputProblem(string Kind, string Path, string Message, long Line)
{
    /// <summary>The events or bytes after it could not be read at all.</summary>
    public bool Fatal { get; init; }
}
