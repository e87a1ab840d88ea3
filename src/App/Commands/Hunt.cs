using System.CommandLine;
using Karst.App.Findings;
using Karst.App.Options;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;

namespace Karst.App.Commands;

/// <summary>Runs rules over logs in one pass.</summary>
sealed class Hunt : Verb
{
    readonly EventOptions _events = new();
    readonly Option<string[]> _rules = new("--rules") { HelpName = "RULE_OR_FOLDER", Description = "A rule, a folder of rules, or an app (a folder, .spl, .tgz) whose saved searches are alerts.", Required = true };
    readonly FormatOption _format = new("table", "jsonl", "csv");
    readonly Option<double?> _minRisk = new("--min-risk") { HelpName = "N", Description = "Only findings of at least this score." };
    readonly Option<string?> _failOn = new("--fail-on") { HelpName = "LEVEL", Description = "Exits 1 if a finding is at least informational, low, medium, high or critical." };
    readonly Option<string?> _status = new("--status") { HelpName = "LIST", Description = "Only rules of these states (default: production,experimental)." };
    readonly Option<bool> _drilldowns = new("--drilldowns") { Description = "Runs each finding's drill-down searches too, and adds their rows." };

    readonly Option<string[]> _suppress = new("--suppress") { HelpName = "FILE", Description = "Leaves out the findings that a suppression list names." };
    readonly Option<bool> _noThrottle = new("--no-throttle") { Description = "Shows rows too that their rule's throttling leaves out." };
    readonly Option<bool> _dedup = new("--dedup") { Description = "Leaves out findings that equal one before in rule, entity and fields." };
    readonly Option<bool> _schedule = new("--schedule") { Description = "Runs each rule as its cron would have over the time of the logs, and says what each run would have found." };
    readonly Option<bool> _entities = new("--entities") { Description = "Prints entities with their risk instead of findings." };
    readonly Option<string?> _riskWindow = new("--risk-window") { HelpName = "TIME", Description = "Risk of an entity is summed over so long (24h, 7d); implies --entities." };
    readonly Option<double?> _riskThreshold = new("--risk-threshold") { HelpName = "N", Description = "Only entities with at least so much risk; implies --entities." };
    readonly Option<int?> _riskTechniques = new("--risk-techniques") { HelpName = "N", Description = "Only entities with at least so many ATT&CK techniques, or that reach --risk-threshold; implies --entities." };
    readonly Option<bool> _stats = new("--stats") { Description = "Prints, to stderr, how many events each rule looked at and the rules that took the most time." };

    public override string Name => "hunt";

    public override string Summary => "Runs rules over logs in one pass and prints what they find.";

    public override string Usage => "[OPTIONS] --rules RULE_OR_FOLDER PATH...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst hunt --rules detections/ cloudtrail/", "hunts in a folder of logs"),
        ("karst hunt --rules detections/ logs/ --format jsonl > findings.jsonl", "writes all findings, for other tools and for `karst search`"),
        ("karst hunt --rules detections/ logs/ --risk-window 24h --risk-threshold 100", "the users and hosts that gather much risk within a day"),
        ("karst hunt --rules detections/ logs/ --schedule", "what each scheduled run would have found"),
        ("karst hunt --rules detections/ logs/ --fail-on high", "for CI: exits 1 on a finding of high or critical risk"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_events.Paths];

    public override IReadOnlyList<Argument> Paths => [_events.Paths];

    public override IReadOnlyList<Option> Options => [_rules, _format.Option, _minRisk, _failOn, _status, _drilldowns, _suppress, _noThrottle, _dedup, _schedule, _entities, _riskWindow, _riskThreshold, _riskTechniques, _stats, .. _events.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = EventSettings.Read(_events, parsed);
        if (settings.Paths.Count == 0) throw new UsageException("`hunt` needs logs: files, folders, or `-` for stdin");
        var hunting = new Hunting(settings)
        {
            Format = _format.Read(parsed),
            MinRisk = parsed.GetValue(_minRisk) ?? 0,
            FailFrom = parsed.GetValue(_failOn) is { } level ? RiskLevel.LeastScore(level) ?? throw NoLevel(level) : null,
            Drilldowns = parsed.GetValue(_drilldowns),
            Known = KnownFindings(parsed.GetValue(_suppress) ?? []),
            Throttles = !parsed.GetValue(_noThrottle),
            DropsEqual = parsed.GetValue(_dedup),
            Scheduled = parsed.GetValue(_schedule),
            Entities = Limits(parsed),
            Stats = parsed.GetValue(_stats),
            ShownPaths = string.Join(' ', settings.Paths.Select(FindingLine.ShellWord)),
        };
        var states = States(parsed.GetValue(_status) ?? "production,experimental");
        var set = new RuleSet(parsed.GetValue(_rules)!, settings.Apps, new KnowledgeProblems());
        RunReport.Errors(set.Diagnostics);
        var rules = set.Rules.Where(rule => states.Contains(rule.Status)).ToList();
        if (rules.Count == 0) throw new UsageException("there is no rule to hunt with");
        return hunting.Run(set, rules, cancellation);
    }

    RiskLimits? Limits(ParseResult parsed)
    {
        var window = parsed.GetValue(_riskWindow);
        var seconds = window is null ? double.PositiveInfinity : RuleThrottle.Period(window) ?? throw new UsageException($"`--risk-window {window}`: a time is 90m, 24h or 7d");
        var limits = new RiskLimits(seconds, parsed.GetValue(_riskThreshold), parsed.GetValue(_riskTechniques));
        return parsed.GetValue(_entities) || limits != RiskLimits.None ? limits : null;
    }

    // An entry that cannot be used is named; the findings that it is about are shown.
    static SuppressionList KnownFindings(string[] files)
    {
        var diagnostics = new List<RuleDiagnostic>();
        foreach (var file in files)
            if (!File.Exists(file)) throw new UsageException($"`--suppress {file}`: there is no such file");
        var list = new SuppressionList([.. files.SelectMany(file => SuppressionFile.Read(file, diagnostics))], diagnostics);
        RunReport.Errors(diagnostics);
        return list;
    }

    static HashSet<RuleStatus> States(string list)
    {
        var states = new HashSet<RuleStatus>();
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<RuleStatus>(name, ignoreCase: true, out var state) || int.TryParse(name, out _))
                throw new UsageException($"`--status {name}`: the states are {string.Join(", ", Enum.GetNames<RuleStatus>()).ToLowerInvariant()}");
            states.Add(state);
        }
        return states;
    }

    static UsageException NoLevel(string level) => new($"`--fail-on {level}`: the levels are {string.Join(", ", RiskLevel.Names)}");
}
