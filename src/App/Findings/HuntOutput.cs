using System.Globalization;
using Karst.App.Output;
using Karst.Detection;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>Writes what a hunt found: findings to stdout, the summary to stderr.</summary>
static class HuntOutput
{
    /// <summary>Writes findings in a format: table, jsonl or csv.</summary>
    public static void Write(IReadOnlyList<Finding> findings, string format, TimeZoneInfo zone)
    {
        if (format == "table")
        {
            Terminal.Write(new FindingTable(Style.Output, zone, Terminal.Width ?? 120).Print(FindingLines.Of(findings, zone)));
            return;
        }
        using var output = StandardOutputStream.Open();
        using var buffered = new BufferedStream(output, 1 << 16);
        if (format == "jsonl")
            foreach (var finding in findings) FindingJson.Write(buffered, finding);
        else WriteCsv(buffered, findings, zone);
        buffered.Flush();
    }

    /// <summary>Prints rules run and not run, events and rate, and findings by rule and by entity.</summary>
    public static void Summary(HuntResult result, IReadOnlyList<Finding> shown, ScanProgress progress, TimeSpan took)
    {
        var error = Terminal.Error;
        var seconds = Math.Max(0.001, took.TotalSeconds);
        error.WriteLine($"{Amount.Of(shown.Count, "finding")} by {Amount.Of(result.Ran.Count, "rule")} over {Amount.Of(progress.Events, "event")} ({Amount.Bytes(progress.Bytes)}) in {Amount.Time(took)}, {Amount.Bytes(progress.Bytes / seconds)}/s");
        foreach (var rule in shown.GroupBy(finding => finding.Rule.Name).OrderByDescending(rule => rule.Count()).ThenBy(rule => rule.Key, StringComparer.Ordinal).Take(10))
            error.WriteLine($"  {rule.Count().ToString(CultureInfo.InvariantCulture),6}  {rule.Key}");
        var entities = shown.Where(finding => finding.Entity?.Value is not null).GroupBy(finding => $"{finding.Entity!.Type} {finding.Entity.Value}");
        foreach (var entity in entities.OrderByDescending(entity => entity.Sum(finding => finding.Score)).ThenBy(entity => entity.Key, StringComparer.Ordinal).Take(5))
            error.WriteLine($"  risk {entity.Sum(finding => finding.Score).ToString("0", CultureInfo.InvariantCulture)}: {entity.Key}");
        if (result.Refused.Count == 0) return;
        error.WriteLine($"{Amount.Of(result.Refused.Count, "rule")} could not run:");
        foreach (var reason in result.Refused.GroupBy(refusal => refusal.Reason).OrderByDescending(reason => reason.Count()).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(20))
            error.WriteLine($"  {reason.Count().ToString(CultureInfo.InvariantCulture),6}  {reason.Key} ({reason.First().Rule.Name}{(reason.Count() > 1 ? ", ..." : "")})");
    }

    static void WriteCsv(Stream output, IReadOnlyList<Finding> findings, TimeZoneInfo zone)
    {
        var rows = new RowBuilder();
        foreach (var finding in findings)
        {
            rows.Set("_time", Value.FromNumber(finding.Time));
            rows.Set("rule", Value.FromText(finding.Rule.Name));
            rows.Set("kind", Value.FromText(FindingJson.KindOf(finding.Kind)));
            rows.Set("entity_type", Value.FromText(finding.Entity?.Type ?? ""));
            rows.Set("entity", Value.FromText(finding.Entity?.Value ?? ""));
            rows.Set("score", Value.FromNumber(finding.Score));
            rows.Set("message", Value.FromText(finding.Message));
            rows.Set("mitre", Value.FromMany(finding.Rule.AttackIds.Select(Value.FromText).ToArray()));
            rows.Set("stories", Value.FromMany(finding.Rule.Stories.Select(Value.FromText).ToArray()));
            rows.Next();
        }
        var writer = WriterTable.Create("csv", output, new WriterOptions { Zone = zone })!;
        if (rows.Count > 0) writer.Write(rows.Take());
        writer.Finish();
    }
}
