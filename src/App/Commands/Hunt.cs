using System.CommandLine;
using System.Diagnostics;
using Karst.App.Findings;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Rules;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>Runs all rules over logs in one pass.</summary>
sealed class Hunt : Verb
{
    readonly EventOptions _events = new();
    readonly FormatOption _format = new("table", "jsonl", "csv");
    readonly Option<string[]> _rules = new("--rules") { HelpName = "RULE_OR_FOLDER", Description = "A rule file or a folder of them; can be given again.", Required = true };
    readonly Option<double?> _minRisk = new("--min-risk") { HelpName = "N", Description = "Shows findings of at least this score only." };
    readonly Option<string?> _failOn = new("--fail-on") { HelpName = "LEVEL", Description = "Exits 1 when a finding is at least this bad: informational, low, medium, high, critical." };
    readonly Option<string?> _status = new("--status") { HelpName = "LIST", Description = "Runs rules of these states only: production,experimental,deprecated (default: all but deprecated and removed)." };
    readonly Option<bool> _drilldowns = new("--drilldowns") { Description = "Runs each finding's drill-downs too, and adds their rows (jsonl)." };

    public override string Name => "hunt";

    public override string Summary => "Runs all rules over logs in one pass.";

    public override string Usage => "[OPTIONS] --rules RULE_OR_FOLDER PATH...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst hunt --rules detections/ logs/", "runs a folder of rules over a folder of logs"),
        ("karst hunt --rules rule.yml trail.json.gz --format jsonl --drilldowns", "gives findings with the rows of their drill-downs"),
        ("karst hunt --rules detections/ logs/ --fail-on high", "exits 1 when something is at least high"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_events.Paths];

    public override IReadOnlyList<Argument> Paths => [_events.Paths];

    public override IReadOnlyList<Option> Options => [_rules, _format.Option, _minRisk, _failOn, _status, _drilldowns, .. _events.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var format = _format.Read(parsed);
        var settings = EventSettings.Read(_events, parsed);
        var failOn = parsed.GetValue(_failOn) is { } level
            ? RiskLevel.LeastScore(level) ?? throw new UsageException($"there is no level `{level}`; there are {string.Join(", ", RiskLevel.Names)}")
            : (int?)null;
        if (settings.Paths.Count == 0) throw new UsageException("`hunt` needs logs: name files or folders, or `-` for stdin");
        var rules = new RuleSet(parsed.GetValue(_rules) ?? [], settings.Apps, new KnowledgeProblems());
        foreach (var diagnostic in rules.Diagnostics.Where(diagnostic => diagnostic.IsError))
            RunReport.Warn($"{diagnostic.Path}:{diagnostic.At.Line}: {diagnostic.Diagnostic.Message}");
        return Run(rules, Chosen(rules.Rules, parsed.GetValue(_status)), settings, format, parsed.GetValue(_minRisk) ?? 0, failOn, parsed.GetValue(_drilldowns), cancellation);
    }

    /// <summary>Hunts with rules and prints findings and summary; what `demo` does too.</summary>
    public static int Run(
        RuleSet set, IReadOnlyList<Rule> rules, EventSettings settings, string format, double minRisk, int? failOn, bool drilldowns, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var input = new ProblemLog();
        IReadOnlyList<InputFile> files = [.. EventInput.Expand(settings.Paths, input.Add)];
        using var stdin = new StandardInputCopy(settings.Paths);
        files = [.. files.Select(stdin.Replace)];
        var source = new FileSource(files, new FileMetadata(settings.Sourcetype, settings.Source, settings.Host, settings.Index), set.Shared, input.Add);
        var window = settings.Window(settings.Now ?? EventSettings.Clock());
        ScanProgress? first = null;
        HuntResult result;
        using (new Progress(() => ProgressLine.Of(source.Progress, files.Count)))
        {
            source.OnProgress = progress => first ??= progress;
            result = Hunter.Run(rules, source, new HuntOptions
            {
                KnowledgeOf = set.KnowledgeOf,
                Now = settings.Now,
                Zone = settings.Zone,
                Limits = settings.Limits,
                Earliest = window.Earliest,
                Latest = window.Latest,
                Drilldowns = drilldowns,
            }, cancellation);
        }
        if (settings.Now is null) Terminal.Error.WriteLine($"now: {Strftime.Format(result.Now, "%Y-%m-%dT%H:%M:%S%:z", settings.Zone)}, just after the newest event (--now sets it)");
        var shown = result.Findings.Where(finding => finding.Score >= minRisk).ToList();
        HuntOutput.Write(shown, format, settings.Zone);
        foreach (var (_, text, count) in result.Messages) RunReport.Warn(count > 1 ? $"{text} ({Amount.Count(count)} times)" : text);
        RunReport.Problems(input);
        HuntOutput.Summary(result, shown, first ?? source.Progress, Stopwatch.GetElapsedTime(started));
        if (failOn is { } least && shown.Any(finding => finding.Score >= least)) return ExitCodes.Failed;
        return RunReport.IsLoss(input) ? ExitCodes.InputLost : ExitCodes.Fine;
    }

    static IReadOnlyList<Rule> Chosen(IReadOnlyList<Rule> rules, string? status)
    {
        if (status is null) return [.. rules.Where(rule => rule.Status is RuleStatus.Production or RuleStatus.Experimental)];
        var names = status.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
            if (!Enum.TryParse<RuleStatus>(name, true, out _)) throw new UsageException($"there is no status `{name}`; there are production, experimental, deprecated, removed");
        return [.. rules.Where(rule => names.Contains(rule.Status.ToString(), StringComparer.OrdinalIgnoreCase))];
    }
}
