using Karst.App.Output;
using Karst.Detection;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>The end of a hunt, on stderr: rules run, rules that could not run and why, events, rate, findings by rule and by entity.</summary>
static class HuntSummary
{
    const int MaxLines = 10;

    /// <summary>Prints it.</summary>
    public static void Print(HuntResult result, IReadOnlyList<Finding> findings, ScanProgress progress, TimeSpan time)
    {
        var error = Terminal.Error;
        var seconds = Math.Max(0.001, time.TotalSeconds);
        error.WriteLine(Style.Error.Bold("summary"));
        error.WriteLine($"  {Amount.Of(result.Ran.Count, "rule")} run, {Amount.Count(result.Refused.Count)} could not; {Amount.Of(progress.Events, "event")} in {Amount.Of(progress.Files, "file")} ({Amount.Bytes(progress.Bytes)}) in {Amount.Time(time)}: {Amount.Count((long)(progress.Events / seconds))} events/s, {Amount.Bytes(progress.Bytes / seconds)}/s");
        error.WriteLine($"  {Amount.Of(findings.Count, "finding")} by {Amount.Of(findings.Select(static finding => finding.Rule).Distinct().Count(), "rule")} about {Amount.Of(findings.Select(Who).Distinct().Count(), "entity").Replace("entitys", "entities", StringComparison.Ordinal)}");
        Counts("by rule", findings.GroupBy(static finding => finding.Rule.Name).Select(static group => (group.Key, group.Count(), 0d)));
        Counts("by entity", findings.GroupBy(Who).Select(static group => (group.Key, group.Count(), group.Where(static finding => finding.HasRisk).Sum(static finding => finding.Score))));
        if (result.Refused.Count == 0) return;
        error.WriteLine("  could not run:");
        foreach (var refusal in result.Refused) error.WriteLine($"    {SafeText.Of(refusal.Rule.Name)}: {SafeText.Of(refusal.Reason)}");
    }

    static string Who(Finding finding) => finding.Entity is { } entity ? $"{entity.Type} {entity.Value}" : "(no entity)";

    static void Counts(string heading, IEnumerable<(string Name, int Count, double Risk)> groups)
    {
        var lines = groups.OrderByDescending(static line => line.Risk).ThenByDescending(static line => line.Count).ThenBy(static line => line.Name, StringComparer.Ordinal).ToList();
        if (lines.Count == 0) return;
        Terminal.Error.WriteLine($"  {heading}:");
        foreach (var (name, count, risk) in lines.Take(MaxLines))
            Terminal.Error.WriteLine($"    {Amount.Count(count),7}  {SafeText.Of(name)}{(risk > 0 ? $"  (risk {Amount.Count((long)risk)})" : "")}");
        if (lines.Count > MaxLines) Terminal.Error.WriteLine($"             and {Amount.Count(lines.Count - MaxLines)} more");
    }
}
