using System.Text.RegularExpressions;

namespace Karst.Events;

/// <summary>How inputs are read; the defaults suit files of any size.</summary>
public sealed record ReaderOptions
{
    /// <summary>The defaults.</summary>
    public static ReaderOptions Default { get; } = new();

    /// <summary>How events are cut; <see cref="EventKind.Auto"/> recognises it from content.</summary>
    public EventKind Kind { get; init; } = EventKind.Auto;

    /// <summary>In plain text, a line without a timestamp belongs to the event before it (props.conf: SHOULD_LINEMERGE).</summary>
    public bool LineMerge { get; init; }

    /// <summary>
    /// What stands between events, by its first group (props.conf: LINE_BREAKER); it must have a match time-out. Applies to text, JSON lines and XML, not to
    /// the containers that are recognised.
    /// </summary>
    public Regex? LineBreaker { get; init; }

    /// <summary>Lines are the records of a table (props.conf: INDEXED_EXTRACTIONS of csv, tsv and psv); null recognises CSV by its header. Applies to text, not to the containers that are recognised.</summary>
    public TableForm? Table { get; init; }

    /// <summary>About how many bytes a block holds.</summary>
    public int BlockBytes { get; init; } = 1 << 20;

    /// <summary>The longest event in bytes; a longer one is skipped and counted as `event-too-long`.</summary>
    public int MaxEventBytes { get; init; } = 128 << 20;

    /// <summary>How many times larger than its compressed form an input may get once it is beyond <see cref="FreeExpansionBytes"/>.</summary>
    public int MaxExpansion { get; init; } = 1000;

    /// <summary>Expanded bytes up to which no ratio is asked.</summary>
    public long FreeExpansionBytes { get; init; } = 1L << 30;
}

/// <summary>How a table is written: what parts the fields of a record, and where their names are.</summary>
public sealed record TableForm(byte Delimiter = (byte)',')
{
    /// <summary>The names, where the file has no header; null takes them from it.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The line of the header, from 1; what stands before it is left out.</summary>
    public int HeaderLine { get; init; } = 1;
}
