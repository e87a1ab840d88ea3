using Karst.Engine;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>A run that a schedule made and that gave rows: its window, whose moment is that of the run; rows, and findings after throttling.</summary>
public sealed record ScheduledRun(Rule Rule, SearchWindow Window, int Rows, int Findings);

/// <summary>
/// All runs of a schedule: how many there were for each rule, how many of them had no event in their window and were not needed, and those that gave rows, in the order of time.
/// <see cref="Start"/> and <see cref="End"/> are those of the events.
/// </summary>
public sealed record ScheduleReport(double Start, double End, IReadOnlyDictionary<Rule, int> Runs, long Empty, IReadOnlyList<ScheduledRun> WithRows);

/// <summary>
/// Runs each rule as its cron would have, over the time of the data: at each moment over the window that counts back from it. A run sees the findings of those before it. Runs share passes
/// over the events; those that write lookups or indexes have a pass each, so that what they write is there for the next.
/// </summary>
sealed class ScheduledHunt(HuntOptions options, CancellationToken cancellation)
{
    // Searches of one pass: each keeps rows and state of its own.
    const int MostOfAPass = 2_000;
    const int MostRuns = 1_000_000;

    readonly HuntPass _pass = new(options, cancellation);
    readonly HashSet<Rule> _refused = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Rule, RuleTraits> _traits = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Rule, int> _runs = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<RuleSchedule, List<(SearchWindow Window, bool MayHave)>> _windows = [];
    readonly List<ScheduledRun> _withRows = [];
    long _empty;

    internal HuntResult Run(IReadOnlyList<Rule> rules, IEventSource source)
    {
        var span = EventSpan.Read(source, options.Earliest, options.Latest, cancellation);
        var jobs = new List<HuntJob>();
        var last = new List<HuntJob>();
        if (!span.IsEmpty)
        {
            var idle = WithoutEvents(rules, source);
            var watchful = OverNothing(rules);
            foreach (var rule in rules) (Traits(rule).ReadsFindings ? last : jobs).AddRange(JobsOf(rule, span, idle.Contains(rule), watchful.GetValueOrDefault(rule)));
        }
        RunAll(jobs, source);
        RunReaders(last, source);
        var end = span.IsEmpty ? 0 : span.End;
        List<Finding> findings = [.. _pass.Findings.OrderBy(static finding => finding.Window.Now)];
        if (options.Drilldowns) findings = Hunter.AddDrilldowns(findings, source, options, _pass.Messages, cancellation);
        return new HuntResult(findings, [.. _pass.Ran.Distinct()], _pass.Refused, options.Now ?? end, _pass.Messages.All)
        {
            Work = [.. _pass.Work.GroupBy(static work => work.Rule).Select(static work => new RuleWork(work.Key, work.Sum(static run => run.Looked), work.Sum(static run => run.Rows), work.Aggregate(TimeSpan.Zero, static (sum, run) => sum + run.Time)))],
            Throttled = _pass.Throttling.Left,
            Schedule = new ScheduleReport(span.IsEmpty ? 0 : span.Start, end, _runs, _empty, [.. _withRows.OrderBy(static run => run.Window.Now)]),
        };
    }

    // Most rules find no event of theirs in a folder of logs. What takes no event over all time takes none in a window, unless its search counts from the moment of the run.
    HashSet<Rule> WithoutEvents(IReadOnlyList<Rule> rules, IEventSource source)
    {
        var all = new HuntPass(options with { Throttles = false }, cancellation);
        var candidates = rules.Where(rule => Traits(rule) is { ReadsFindings: false, ReadsClock: false, HasEffects: false }).ToList();
        all.Run([.. candidates.Select(static rule => new HuntJob(rule))], source, 0);
        var idle = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        foreach (var work in all.Work)
            if (work is { Looked: 0, Rows: 0 } && !Traits(work.Rule).HasSide && work.Rule.Trigger?.Holds(0) != true) idle.Add(work.Rule);
        return idle;
    }

    // A rule may find that nothing came: its rows over no events at all, for those that give some.
    Dictionary<Rule, IReadOnlyList<ResultRow>> OverNothing(IReadOnlyList<Rule> rules)
    {
        var found = new Dictionary<Rule, IReadOnlyList<ResultRow>>(ReferenceEqualityComparer.Instance);
        var all = new HuntPass(options with { Throttles = false }, cancellation);
        var jobs = rules.Where(rule => Traits(rule) is { ReadsFindings: false, HasEffects: false }).Select(static rule => new HuntJob(rule));
        all.Run([.. jobs], new RowsSource(static () => []), 0, (job, rows, _) =>
        {
            if (rows.Count > 0 || job.Rule.Trigger?.Holds(0) == true) found[job.Rule] = rows;
        });
        return found;
    }

    RuleTraits Traits(Rule rule)
    {
        if (!_traits.TryGetValue(rule, out var traits)) _traits[rule] = traits = Read(rule);
        return traits;
    }

    RuleTraits Read(Rule rule)
    {
        var compiled = Pipeline.Compile(rule.Search, Hunter.CompileOptionsOf(rule, options, 0));
        var stages = compiled.Plan?.Stages ?? [];
        var text = Hunter.Expanded(rule, options);
        return new RuleTraits(FindingReaders.Reads(text), EventClock.MayBeRead(text), stages.Any(static stage => stage.HasEffects), stages.Any(static stage => stage.SideSearches.Count > 0));
    }

    IEnumerable<HuntJob> JobsOf(Rule rule, EventSpan span, bool isIdle, IReadOnlyList<ResultRow>? overNothing)
    {
        try
        {
            var schedule = options.ScheduleOf!(rule);
            if (!_windows.TryGetValue(schedule, out var windows)) _windows[schedule] = windows = WindowsOf(schedule, span);
            _runs[rule] = windows.Count;
            // Over a window without events a search that does not read the clock gives what it gives over nothing.
            var known = Traits(rule).ReadsClock ? null : overNothing;
            var wanted = windows.Where(window => overNothing is not null || (!isIdle && window.MayHave)).ToList();
            _empty += windows.Count - wanted.Count;
            return wanted.Select(window => new HuntJob(rule, window.Window) { Known = window.MayHave ? null : known });
        }
        catch (FormatException error)
        {
            Refuse(rule, error.Message);
            return [];
        }
    }

    // The windows that the schedule makes over the time of the events, and whether there are any in them. Most rules of a collection share a schedule.
    List<(SearchWindow Window, bool MayHave)> WindowsOf(RuleSchedule schedule, EventSpan span)
    {
        var cron = new CronTimes(schedule.Cron ?? throw new FormatException("it has no cron schedule"));
        var isAllTime = schedule.Earliest?.Trim() is null or "" or "0";
        var windows = new List<(SearchWindow, bool)>();
        for (var at = cron.Next(span.Start, options.Zone); at is { } now; at = cron.Next(now + 1, options.Zone))
        {
            cancellation.ThrowIfCancellationRequested();
            var window = WindowOf(schedule, now);
            // Once all events are behind the window, or a search over all time has seen them all, nothing changes any more.
            if (window.Earliest >= span.End || (isAllTime && now - 60 > span.End && windows.Count > 0)) break;
            if (windows.Count == MostRuns) throw new FormatException($"its schedule makes more than {MostRuns} runs over these events; --earliest and --latest take less of them");
            // Of the hunt's own window no run sees more.
            var seen = window with { Earliest = Math.Max(window.Earliest, options.Earliest), Latest = Math.Min(window.Latest, options.Latest) };
            windows.Add(seen.Earliest < seen.Latest ? (seen, span.MayHave(seen.Earliest, seen.Latest)) : (window, false));
        }
        return windows;
    }

    SearchWindow WindowOf(RuleSchedule schedule, double now)
    {
        double Of(string? text, double otherwise)
        {
            if (string.IsNullOrWhiteSpace(text)) return otherwise;
            return TimeModifier.TryParse(text.Trim(), now, options.Zone, out var time) ? time : throw new FormatException($"`{text}` of its schedule is no time");
        }
        return new SearchWindow(Of(schedule.Earliest, 0), Of(schedule.Latest, now), now);
    }

    void RunAll(List<HuntJob> jobs, IEventSource source)
    {
        var waiting = new List<HuntJob>();
        var searches = 0;
        foreach (var job in jobs.OrderBy(static job => job.Window!.Now))
        {
            var hasEffects = Traits(job.Rule).HasEffects;
            if (hasEffects) Flush();
            waiting.Add(job);
            if (job.Known is null) searches++;
            if (hasEffects || searches == MostOfAPass) Flush();
        }
        Flush();

        void Flush()
        {
            Run(waiting, source);
            waiting.Clear();
            searches = 0;
        }
    }

    // A run sees the findings that were there at its moment: those of runs before it. Where the runs after it add nothing to its window, all such runs share a pass.
    void RunReaders(List<HuntJob> jobs, IEventSource source)
    {
        var found = _pass.Findings.Where(static finding => finding.HasRisk).ToList();
        var together = new List<HuntJob>();
        foreach (var job in jobs.OrderBy(static job => job.Window!.Now))
        {
            var window = job.Window!;
            if (found.Exists(finding => finding.Window.Now > window.Now && finding.Time >= window.Earliest && finding.Time < window.Latest))
                Run([job], new RiskSource(source, RiskRows.Of(found.Where(finding => finding.Window.Now <= window.Now))));
            else together.Add(job);
        }
        foreach (var chunk in together.Chunk(MostOfAPass)) Run([.. chunk], new RiskSource(source, RiskRows.Of(found)));
    }

    // A rule that cannot run is named once.
    void Run(List<HuntJob> jobs, IEventSource source)
    {
        var known = _pass.Refused.Count;
        _pass.Run([.. jobs.Where(job => !_refused.Contains(job.Rule))], source, 0, (job, rows, findings) =>
        {
            if (rows.Count > 0 || findings > 0) _withRows.Add(new ScheduledRun(job.Rule, job.Window!, rows.Count, findings));
        });
        var refusals = _pass.Refused[known..];
        _pass.Refused.RemoveRange(known, refusals.Count);
        foreach (var refusal in refusals)
            if (_refused.Add(refusal.Rule)) _pass.Refused.Add(refusal);
    }

    void Refuse(Rule rule, string reason)
    {
        if (_refused.Add(rule)) _pass.Refused.Add(new RuleRefusal(rule, reason, null));
    }

    /// <summary>What decides how a rule's runs may be put together.</summary>
    sealed record RuleTraits(bool ReadsFindings, bool ReadsClock, bool HasEffects, bool HasSide);
}
