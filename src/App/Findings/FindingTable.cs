using System.Globalization;
using System.Text;
using Karst.App.Output;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>
/// Findings for people: by rule, the worst first; a line says who, what, where and when, equal ones are one line with their number; beneath stands what to
/// do next.
/// </summary>
sealed class FindingTable(Style style, TimeZoneInfo zone, int width)
{
    const int MaxLines = 20;

    /// <summary>The table as text.</summary>
    public string Print(IReadOnlyList<FindingLine> findings)
    {
        var text = new StringBuilder();
        var rules = findings
            .GroupBy(static finding => finding.Rule)
            .OrderByDescending(static rule => rule.Max(static finding => finding.Score))
            .ThenBy(static rule => rule.Key, StringComparer.Ordinal);
        foreach (var rule in rules) PrintRule(text, [.. rule]);
        return text.ToString();
    }

    void PrintRule(StringBuilder text, List<FindingLine> findings)
    {
        var worst = findings.Max(static finding => finding.Score);
        var level = RiskLevel.Of(worst);
        text.Append(Colored(level, level.ToUpperInvariant())).Append(CultureInfo.InvariantCulture, $" {worst:0}  ").Append(style.Bold(findings[0].Rule));
        if (findings[0].Techniques.Length > 0) text.Append("  ").Append(findings[0].Techniques);
        text.Append(style.Dim($"  {Amount.Of(findings.Count, findings[0].Kind.Replace('_', ' '))}")).Append('\n');

        var lines = findings
            .GroupBy(static finding => finding with { First = 0, Last = 0 })
            .Select(static equal => (Line: equal.Key, Count: equal.Count(), First: equal.Min(static finding => finding.First), Last: equal.Max(static finding => finding.Last)))
            .OrderByDescending(static line => line.Line.Score)
            .ThenByDescending(static line => line.Last)
            .ThenBy(static line => line.Line.Who, StringComparer.Ordinal)
            .ThenBy(static line => line.Line.What, StringComparer.Ordinal)
            .ToList();
        var who = Math.Min(32, lines.Take(MaxLines).Max(static line => line.Line.Who.Length));
        foreach (var (line, count, first, last) in lines.Take(MaxLines))
        {
            text.Append("  ").Append(style.Bold(Cut(line.Who, 32).PadRight(who))).Append("  ").Append(Cut(line.What, Math.Max(40, width - who - 6)));
            if (count > 1) text.Append(style.Bold($"  x{Amount.Count(count)}"));
            text.Append('\n').Append(' ', who + 4).Append(style.Dim(When(first, last)));
            if (line.Where.Length > 0) text.Append(style.Dim("  " + Cut(line.Where, Math.Max(40, width - who - 27))));
            text.Append('\n');
        }
        if (lines.Count > MaxLines) text.Append(style.Dim($"  and {Amount.Count(lines.Count - MaxLines)} more; --format jsonl has all\n"));
        if (findings[0].RuleOut.Length > 0) text.Append(style.Dim("  harmless if: ")).Append(Cut(findings[0].RuleOut, Math.Max(60, width - 15))).Append('\n');
        text.Append(style.Dim("  next: ")).Append(findings[0].Next).Append('\n');
        text.Append('\n');
    }

    string When(double first, double last)
    {
        var from = Moment(first);
        if (last - first < 1) return from;
        var to = Moment(last);
        return from[..Math.Min(10, from.Length)] == to[..Math.Min(10, to.Length)] && to.Length > 11 ? $"{from} to {to[11..]}" : $"{from} to {to}";
    }

    string Moment(double time) => Moment(time, zone);

    /// <summary>A moment as the tables show it.</summary>
    internal static string Moment(double time, TimeZoneInfo zone) => double.IsFinite(time) && Strftime.Format(time, "%Y-%m-%d %H:%M:%S", zone) is { } text ? text : "no time";

    string Colored(string level, string text) => level switch
    {
        "critical" or "high" => style.Bad(text),
        "medium" => style.Warning(text),
        _ => text,
    };

    // A log can hold anything: control characters must not reach a terminal, and a line stays a line.
    static string Cut(string text, int length)
    {
        var clean = string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter));
        return clean.Length <= length ? clean : clean[..(length - 1)] + "\u2026";
    }
}
