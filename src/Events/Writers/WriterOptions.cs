namespace Karst.Events;

/// <summary>What a writer needs to know beside the rows.</summary>
public sealed record WriterOptions
{
    /// <summary>The defaults: UTC, no terminal.</summary>
    public static WriterOptions Default { get; } = new();

    /// <summary>The zone in which `_time` is shown.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The terminal's width in columns, to which a table is cut; null where there is no terminal.</summary>
    public int? Width { get; init; }

    /// <summary>The columns that the rows will have, where they are known beforehand; null where not.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Bytes of rows that a format which needs all rows first may hold.</summary>
    public long MaxHeldBytes { get; init; } = 1L << 30;
}
