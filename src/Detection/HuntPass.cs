using Karst.Engine;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>One run of a rule: over the window of the hunt, or over one of its own.</summary>
sealed record HuntJob(Rule Rule, SearchWindow? Window = null)
{
    /// <summary>The rows that it gives, where they are known without a search; else null.</summary>
    internal IReadOnlyList<ResultRow>? Known { get; init; }
}

/// <summary>Rules that run over the same events in one pass, and what came of this pass and those before it.</summary>
sealed class HuntPass(HuntOptions options, CancellationToken cancellation)
{
    static readonly ResultRow s_noRow = new([]);

    /// <summary>What was found so far, by rule.</summary>
    internal List<Finding> Findings { get; } = [];

    /// <summary>The rules that ran.</summary>
    internal List<Rule> Ran { get; } = [];

    /// <summary>What they cost.</summary>
    internal List<RuleWork> Work { get; } = [];

    /// <summary>The rules that could not.</summary>
    internal List<RuleRefusal> Refused { get; } = [];

    /// <summary>What the runs say.</summary>
    internal RunMessages Messages { get; } = new();

    /// <summary>What rules leave out because they alerted just before.</summary>
    internal Throttling Throttling { get; } = new(options.Throttles);

    /// <summary>Runs jobs; gives the moment of the search, which is just after the newest event where none is named.</summary>
    internal double Run(IReadOnlyList<HuntJob> jobs, IEventSource source, double? now) => Run(jobs, source, now, static (_, _, _) => { });

    /// <summary>As the other, and tells the rows of each job that ran, in order, and how many findings were made of them.</summary>
    internal double Run(IReadOnlyList<HuntJob> jobs, IEventSource source, double? now, Action<HuntJob, IReadOnlyList<ResultRow>, int> ran)
    {
        var newest = new EventClock();
        var searches = new List<PlannedSearch>();
        var open = new List<(HuntJob Job, IReadOnlyList<ResultRow> Rows, int Search)>();
        foreach (var (job, clock, compiled) in jobs.AsParallel().AsOrdered().Select(job => Compile(job, now)))
        {
            if (job.Known is { } known)
            {
                open.Add((job, known, -1));
                continue;
            }
            if (compiled!.Plan is null)
            {
                var error = compiled.Diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error);
                Refused.Add(new RuleRefusal(job.Rule, error.Message, error));
                continue;
            }
            var kept = new List<ResultRow>();
            open.Add((job, kept, searches.Count));
            var (earliest, latest) = job.Window is { } own ? (own.Earliest, own.Latest) : (options.Earliest, options.Latest);
            searches.Add(new PlannedSearch(compiled.Plan, Hunter.RunOf(options, clock, earliest, latest, Messages, cancellation), new Sink(batch =>
            {
                for (var row = 0; row < batch.Count; row++) kept.Add(ResultRow.From(batch, row));
                return true;
            })));
        }
        if (now is null) searches.Add(new PlannedSearch(newest.Plan, Hunter.RunOf(options, 0, 0, double.PositiveInfinity, Messages, cancellation), newest.Sink));
        var results = searches.Count > 0 ? Runner.Run(searches, source, cancellation) : [];
        var shared = new SearchWindow(options.Earliest, options.Latest, now ?? newest.After);
        foreach (var (job, rows, search) in open)
        {
            if (search >= 0 && results[search].Failure is { } failure)
            {
                Refused.Add(new RuleRefusal(job.Rule, failure.Message, null));
                continue;
            }
            Ran.Add(job.Rule);
            IReadOnlyList<StageStatistics> stages = search >= 0 ? results[search].Stages : [];
            Work.Add(new RuleWork(job.Rule, stages.Count > 0 ? stages[0].RowsIn : 0, rows.Count, stages.Aggregate(TimeSpan.Zero, static (sum, stage) => sum + stage.Time)));
            var before = Findings.Count;
            Add(job.Rule, rows, job.Window ?? shared, job.Window is not null);
            ran(job, rows, Findings.Count - before);
        }
        return shared.Now;
    }

    (HuntJob Job, double Clock, CompileResult? Compiled) Compile(HuntJob job, double? now)
    {
        var clock = job.Window?.Now ?? now ?? 0;
        return (job, clock, job.Known is not null ? null : Pipeline.Compile(job.Rule.Search, Hunter.CompileOptionsOf(job.Rule, options, clock)));
    }

    // A window of its own is that of a scheduled run, whose alerts are of the moment of the run; else each row is an alert at its own time.
    void Add(Rule rule, IReadOnlyList<ResultRow> rows, SearchWindow window, bool isScheduled)
    {
        if (rule.Trigger is { } trigger)
        {
            if (!trigger.Holds(rows.Count)) return;
            // Too few rows can be none at all, and that is the alert.
            if (rows.Count == 0) rows = [s_noRow];
        }
        var found = rows.Select(row => FindingMaker.Of(rule, row, window, options.Zone)).ToList();
        var passes = Throttling.Passes(rule, found, isScheduled ? window.Now : null);
        for (var i = 0; i < found.Count; i++)
            if (passes[i]) Findings.AddRange(found[i]);
    }
}
