namespace Karst.Engine.Plans;

/// <summary>Splunk's limits (limits.conf), honoured by default and reported when hit; each can be set with `--limit NAME=VALUE`. 0 is none, where Splunk has it so.</summary>
public sealed record Limits
{
    /// <summary>Rows that `sort` keeps when the search gives no count.</summary>
    public int SortRows { get; init; } = 10_000;

    /// <summary>Rows that a subsearch in brackets may give to a filter.</summary>
    public int SubsearchRows { get; init; } = 10_000;

    /// <summary>Rows of the right side of `join`, `append`, `appendcols`.</summary>
    public int JoinRows { get; init; } = 50_000;

    /// <summary>Values that `list()` keeps.</summary>
    public int ListValues { get; init; } = 100;

    /// <summary>Characters from which `spath` extracts all fields; 0 is all (Splunk's limits.conf says 5,000; docs/decisions say why not here).</summary>
    public int SpathCharacters { get; init; }

    /// <summary>Values that one `mvexpand` row may become; beyond it the rest is dropped and reported.</summary>
    public int MvexpandRows { get; init; } = 1_000_000;

    /// <summary>Milliseconds that one regular expression may take over one value.</summary>
    public int RegexMilliseconds { get; init; } = 1_000;

    /// <summary>Bytes that a stage of a run may hold; beyond half of it some go on on disk.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;
}
