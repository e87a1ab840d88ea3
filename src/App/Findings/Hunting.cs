using System.Diagnostics;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Events;
using Karst.Rules;

namespace Karst.App.Findings;

/// <summary>A hunt from rules and inputs to printed findings: what `hunt` and `demo` share.</summary>
sealed class Hunting(EventSettings settings)
{
    /// <summary>`table`, `jsonl` or `csv`.</summary>
    public required string Format { get; init; }

    /// <summary>Findings of a smaller score are left out.</summary>
    public double MinRisk { get; init; }

    /// <summary>A finding of at least this score makes the exit code 1; null never does.</summary>
    public double? FailFrom { get; init; }

    /// <summary>Runs the drill-downs.</summary>
    public bool Drilldowns { get; init; }

    /// <summary>Findings that are known.</summary>
    public SuppressionList Known { get; init; } = new([], []);

    /// <summary>Rules that throttle do so.</summary>
    public bool Throttles { get; init; } = true;

    /// <summary>Leaves out findings that say what one before says.</summary>
    public bool DropsEqual { get; init; }

    /// <summary>Runs each rule as its cron would have.</summary>
    public bool Scheduled { get; init; }

    /// <summary>Prints entities that reach these limits, instead of findings.</summary>
    public RiskLimits? Entities { get; init; }

    /// <summary>Prints what the rules cost.</summary>
    public bool Stats { get; init; }

    /// <summary>The paths as words of a command line, for the hints of the table.</summary>
    public string ShownPaths { get; init; } = "";

    /// <summary>Hunts and prints; returns the exit code.</summary>
    public int Run(RuleSet set, IReadOnlyList<Rule> rules, CancellationToken cancellation)
    {
        var log = new ProblemLog();
        var started = Stopwatch.GetTimestamp();
        using var inputs = new Inputs(settings, log, rereads: true);
        HuntResult result;
        using (new Progress(() => ProgressLine.Of(inputs.Progress, inputs.Files.Count)))
        {
            var source = inputs.Events(set.Shared);
            var now = settings.Now;
            // A window that counts back from now needs to know when that is before the events are read.
            if (now is null && (settings.Earliest ?? settings.Latest) is not null) now = EventClock.Newest(source, cancellation);
            var (earliest, latest) = settings.Window(now ?? 0);
            result = Hunter.Run(rules, source, new HuntOptions
            {
                KnowledgeOf = set.KnowledgeOf,
                Now = now,
                Zone = settings.Zone,
                Limits = settings.Limits,
                Earliest = earliest,
                Latest = latest,
                Drilldowns = Drilldowns,
                Throttles = Throttles,
                ScheduleOf = Scheduled ? rule => set.ScheduleOf(rule) ?? RuleSet.CommonSchedule : null,
            }, cancellation);
            inputs.Count();
        }
        var time = Stopwatch.GetElapsedTime(started);
        var (kept, uses) = Known.Apply(result.Findings, result.Now);
        var findings = kept.Where(finding => finding.Score >= MinRisk).ToList();
        var equal = 0;
        if (DropsEqual) (findings, equal) = EqualFindings.Drop(findings);
        if (Entities is { } limits) Print(EntityRisk.Of(findings, limits));
        else Print(findings);
        if (settings.Now is null && result.Schedule is null && Strftime.Format(result.Now, "%Y-%m-%dT%H:%M:%S%:z", settings.Zone) is { } moment)
            Terminal.Error.WriteLine($"the clock stands at {moment}, just after the newest event; --now sets it");
        foreach (var (_, text, count) in result.Messages) RunReport.Warn(count > 1 ? $"{text} ({Amount.Count(count)} times)" : text);
        RunReport.Problems(log);
        HuntSummary.Print(result, findings, inputs.Progress, time);
        SuppressionSummary.Print(uses);
        foreach (var (rule, rows) in result.Throttled) Terminal.Error.WriteLine($"  throttled: {Amount.Of(rows, "row")} of {SafeText.Of(rule.Name)}, equal to one before in {ThrottleOf(rule)}");
        if (equal > 0) Terminal.Error.WriteLine($"  left out: {Amount.Of(equal, "finding")} equal to one before");
        if (result.Schedule is { } report) ScheduleSummary.Print(report, settings.Zone, rules.Count(rule => set.ScheduleOf(rule) is null));
        if (Stats) RuleWorkOutput.Print(result);
        if (FailFrom is { } least && findings.Exists(finding => finding.Score >= least)) return ExitCodes.Failed;
        return RunReport.IsLoss(log) ? ExitCodes.InputLost : ExitCodes.Fine;
    }

    static string ThrottleOf(Rule rule) =>
        $"{(rule.Throttle!.Fields.Count == 0 ? "its rule" : SafeText.Of(string.Join(", ", rule.Throttle.Fields)))} within {Amount.Time(TimeSpan.FromSeconds(rule.Throttle.Seconds))}";

    void Print(IReadOnlyList<EntityRisk> entities)
    {
        if (Format == "table")
        {
            var table = new EntityTable(Style.Output, settings.Zone, Terminal.Width ?? 120);
            Terminal.Write(entities.Count == 0 ? "no entity has so much risk\n" : table.Print(entities));
            return;
        }
        using var output = new BufferedStream(StandardOutputStream.Open(), 64 << 10);
        var writer = WriterTable.Create(Format, output, new WriterOptions { Zone = settings.Zone })!;
        if (entities.Count > 0) writer.Write(EntityRows.Of(entities));
        writer.Finish();
        output.Flush();
    }

    void Print(IReadOnlyList<Finding> findings)
    {
        if (Format == "table")
        {
            var table = new FindingTable(Style.Output, settings.Zone, Terminal.Width ?? 120);
            Terminal.Write(findings.Count == 0 ? "no findings\n" : table.Print([.. findings.Select(finding => FindingLine.Of(finding, ShownPaths))]));
            return;
        }
        using var output = new BufferedStream(StandardOutputStream.Open(), 64 << 10);
        if (Format == "csv")
        {
            var writer = WriterTable.Create("csv", output, new WriterOptions { Zone = settings.Zone })!;
            if (findings.Count > 0) writer.Write(FindingRows.Of(findings));
            writer.Finish();
        }
        else FindingJson.Write(output, findings);
        output.Flush();
    }
}
