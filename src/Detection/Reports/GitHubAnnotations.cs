using Karst.Spl;

namespace Karst.Detection.Reports;

/// <summary>Messages that GitHub shows beside the changed lines.</summary>
public static class GitHubAnnotations
{
    /// <summary>One workflow command, without a newline at its end.</summary>
    public static string Line(ReportEntry entry)
    {
        var word = entry.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        var end = entry.End is { } place && place.Line == entry.Start.Line && place.Column > entry.Start.Column ? $",endColumn={place.Column}" : "";
        return $"::{word} file={Property(entry.Address)},line={entry.Start.Line},col={entry.Start.Column}{end},title={Property(entry.Code)}::{Data(entry.Message)}";
    }

    static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
