using Karst.Detection;
using Karst.Rules;

namespace Karst.App.Findings;

/// <summary>Findings as lines for people: who, what, where, and what to do next.</summary>
static class FindingLines
{
    static readonly string[] s_where = ["src", "dest", "vendor_account", "vendor_region"];

    /// <summary>A line for each finding, in order.</summary>
    public static IReadOnlyList<FindingLine> Of(IReadOnlyList<Finding> findings, TimeZoneInfo zone) => [.. findings.Select(finding => Of(finding, zone))];

    static FindingLine Of(Finding finding, TimeZoneInfo zone)
    {
        var rule = finding.Rule;
        var who = finding.Entity?.Value is { } value ? $"{finding.Entity.Type} {value}" : "-";
        var what = finding.Message.Length > 0 ? finding.Message : FirstSentence(rule.Description);
        var where = string.Join("  ", s_where
            .Where(name => name != finding.Entity?.Field && !finding.Row[name].IsNull)
            .Select(name => $"{name}={finding.Row[name].ToString().Replace('\n', ',')}"));
        return new FindingLine(rule.Name, FindingJson.KindOf(finding.Kind), finding.Score, who, what, where, string.Join(' ', rule.AttackIds), finding.Time)
        {
            Next = Next(finding, zone),
        };
    }

    // The drill-down's own name says what it shows; the command says how to see it.
    static List<string> Next(Finding finding, TimeZoneInfo zone)
    {
        var next = new List<string>();
        if (finding.Rule.Drilldowns.Count > 0) next.Add($"{Drilldown.For(finding.Rule.Drilldowns[0], finding, zone).Name} (--drilldowns)");
        if (finding.Rule.KnownFalsePositives is { Length: > 0 } benign) next.Add($"harmless when: {FirstSentence(benign)}");
        return next;
    }

    static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..(end + 1)]).Trim().ReplaceLineEndings(" ");
    }
}
