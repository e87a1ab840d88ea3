using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>How a hunt is run. A null <see cref="Now"/> is the moment just after the newest event.</summary>
public sealed record HuntOptions
{
    /// <summary>The knowledge that a rule's search is bound with: the shared one over the folder that the rule lies in.</summary>
    public required Func<Rule, IKnowledge> KnowledgeOf { get; init; }

    /// <summary>The moment of the search in epoch seconds.</summary>
    public double? Now { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The window's start in epoch seconds; all time is 0.</summary>
    public double Earliest { get; init; }

    /// <summary>The window's end, exclusive; all time is +infinity.</summary>
    public double Latest { get; init; } = double.PositiveInfinity;

    /// <summary>Runs each finding's drill-downs too.</summary>
    public bool Drilldowns { get; init; }

    /// <summary>Rules that throttle do so.</summary>
    public bool Throttles { get; init; } = true;

    /// <summary>When a rule is run; null runs all rules once, over the hunt's window.</summary>
    public Func<Rule, RuleSchedule>? ScheduleOf { get; init; }
}

/// <summary>A rule that could not run, and why: a diagnostic of its search (spans in the expanded text), or a message of its run.</summary>
public sealed record RuleRefusal(Rule Rule, string Reason, Diagnostic? Diagnostic);

/// <summary>
/// What one rule cost: the events that had to be looked at for it, the rows that it gave, and the time of its own stages. What rules do alike is done once and is in nobody's time.
/// </summary>
public sealed record RuleWork(Rule Rule, long Looked, long Rows, TimeSpan Time);

/// <summary>What a hunt found.</summary>
public sealed record HuntResult(
    IReadOnlyList<Finding> Findings, IReadOnlyList<Rule> Ran, IReadOnlyList<RuleRefusal> Refused, double Now, IReadOnlyList<(string Code, string Text, long Count)> Messages)
{
    /// <summary>What each rule that ran cost.</summary>
    public IReadOnlyList<RuleWork> Work { get; init; } = [];

    /// <summary>What rules left out because they had alerted just before.</summary>
    public IReadOnlyList<ThrottledRule> Throttled { get; init; } = [];

    /// <summary>The runs that a schedule made, where there is one.</summary>
    public ScheduleReport? Schedule { get; init; }
}

/// <summary>Runs all rules over the same events in one pass and makes findings of their rows.</summary>
public static class Hunter
{
    /// <summary>
    /// Hunts; a rule that cannot be bound or fails is named in the result and does not stop the others. Rules that read findings run last, over the events and the
    /// risk events of this hunt; what they find is not read again.
    /// </summary>
    public static HuntResult Run(IReadOnlyList<Rule> rules, IEventSource source, HuntOptions options, CancellationToken cancellation)
    {
        if (options.ScheduleOf is not null) return new ScheduledHunt(options, cancellation).Run(rules, source);
        var texts = rules.AsParallel().AsOrdered().Select(rule => Expanded(rule, options)).ToList();
        var now = options.Now ?? (texts.Exists(EventClock.MayBeRead) ? EventClock.Newest(source, cancellation) : null);
        var pass = new HuntPass(options, cancellation);
        var last = new HashSet<Rule>(rules.Where((_, index) => FindingReaders.Reads(texts[index])), ReferenceEqualityComparer.Instance);
        now = pass.Run([.. rules.Where(rule => !last.Contains(rule)).Select(static rule => new HuntJob(rule))], source, now);
        if (last.Count > 0) now = pass.Run([.. last.Select(static rule => new HuntJob(rule))], new RiskSource(source, RiskRows.Of(pass.Findings)), now);
        var findings = pass.Findings;
        if (options.Drilldowns) findings = AddDrilldowns(findings, source, options, pass.Messages, cancellation);
        return new HuntResult(findings, pass.Ran, pass.Refused, now.Value, pass.Messages.All) { Work = pass.Work, Throttled = pass.Throttling.Left };
    }

    // Equal drill-downs of equal findings are run once.
    internal static List<Finding> AddDrilldowns(List<Finding> findings, IEventSource source, HuntOptions options, RunMessages messages, CancellationToken cancellation)
    {
        var risk = RiskRows.Of(findings);
        var combined = new RiskSource(source, risk);
        var known = new Dictionary<(string, double, double), DrilldownRows>();
        var result = new List<Finding>(findings.Count);
        foreach (var finding in findings)
        {
            var all = new List<DrilldownRows>();
            foreach (var drilldown in finding.Rule.Drilldowns.Select(drilldown => Drilldown.For(drilldown, finding, options.Zone)))
            {
                var key = (drilldown.Search, drilldown.Window.Earliest, drilldown.Window.Latest);
                if (!known.TryGetValue(key, out var rows))
                    known[key] = rows = Run(drilldown, finding.Rule, combined, options, messages, cancellation);
                all.Add(rows with { Name = drilldown.Name });
            }
            result.Add(finding with { Drilldowns = all });
        }
        return result;
    }

    static DrilldownRows Run(Drilldown drilldown, Rule rule, IEventSource source, HuntOptions options, RunMessages messages, CancellationToken cancellation)
    {
        if (drilldown.Problem is not null) return new DrilldownRows(drilldown.Name, drilldown.Search, [], drilldown.Problem);
        var window = drilldown.Window;
        var compiled = Pipeline.Compile(drilldown.Search, CompileOptionsOf(rule, options, window.Now));
        if (compiled.Plan is null)
            return new DrilldownRows(drilldown.Name, drilldown.Search, [], compiled.Diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error).Message);
        var rows = new List<ResultRow>();
        var sink = new Sink(batch =>
        {
            for (var row = 0; row < batch.Count; row++) rows.Add(ResultRow.From(batch, row));
            return true;
        });
        var run = RunOf(options, window.Now, window.Earliest, window.Latest, messages, cancellation);
        var outcome = Runner.Run([new PlannedSearch(compiled.Plan, run, sink)], source, cancellation)[0];
        return new DrilldownRows(drilldown.Name, drilldown.Search, rows, outcome.Failure?.Message);
    }

    internal static CompileOptions CompileOptionsOf(Rule rule, HuntOptions options, double now) =>
        new() { Knowledge = options.KnowledgeOf(rule), Now = now, Zone = options.Zone, Limits = options.Limits };

    internal static RunContext RunOf(HuntOptions options, double now, double earliest, double latest, RunMessages messages, CancellationToken cancellation) => new()
    {
        Now = now,
        ReadAt = options.ScheduleOf is null ? null : options.Now ?? 0,
        Zone = options.Zone,
        Limits = options.Limits,
        Earliest = earliest,
        Latest = latest,
        Messages = messages,
        Cancellation = cancellation,
    };

    /// <summary>The search with its macros expanded.</summary>
    internal static string Expanded(Rule rule, HuntOptions options) => MacroExpander.Expand(rule.Search, options.KnowledgeOf(rule)).Text;
}
