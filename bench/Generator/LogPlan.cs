namespace Karst.Generator;

/// <summary>What a log is of.</summary>
public enum LogKind
{
    /// <summary>AWS CloudTrail, one JSON object a line.</summary>
    Trail,
    /// <summary>Windows events as XML: Security, Sysmon, PowerShell and System, mixed as a forwarder sends them.</summary>
    Windows,
    /// <summary>The Linux audit log: an event has one to six records.</summary>
    Audit,
    /// <summary>Office 365 management activity, one JSON object a line.</summary>
    O365,
}

/// <summary>How much to write, and of what kind.</summary>
/// <param name="Bytes">Where to end: with the line that reaches this size; 0 for no such end.</param>
/// <param name="Events">Where to end by number of events; 0 for no such end.</param>
/// <param name="Seed">The same seed gives the same bytes.</param>
/// <param name="Attacks">Whether the attack stories are hidden in the log; only a log of CloudTrail has some.</param>
/// <param name="Pace">Mean distance of two events in milliseconds.</param>
public sealed record LogPlan(long Bytes, long Events, ulong Seed, bool Attacks, int Pace)
{
    /// <summary>2026-01-12T00:00:00Z, a Monday.</summary>
    internal const long Start = 1_768_176_000_000;

    internal bool Ends(long bytes, long events) => Bytes > 0 && bytes >= Bytes || Events > 0 && events >= Events;
}
