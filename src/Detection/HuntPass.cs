using Karst.Engine;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>Rules that run over the same events in one pass, and what came of this pass and those before it.</summary>
sealed class HuntPass(HuntOptions options, CancellationToken cancellation)
{
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

    /// <summary>Runs rules; gives the moment of the search, which is just after the newest event where none is named.</summary>
    internal double Run(IReadOnlyList<Rule> rules, IEventSource source, double? now)
    {
        var newest = new EventClock();
        var searches = new List<PlannedSearch>();
        var rows = new List<(Rule Rule, List<ResultRow> Rows)>();
        var clock = now ?? 0;
        foreach (var rule in rules)
        {
            var compiled = Pipeline.Compile(rule.Search, Hunter.CompileOptionsOf(rule, options, clock));
            if (compiled.Plan is null)
            {
                var error = compiled.Diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error);
                Refused.Add(new RuleRefusal(rule, error.Message, error));
                continue;
            }
            var kept = new List<ResultRow>();
            rows.Add((rule, kept));
            searches.Add(new PlannedSearch(compiled.Plan, Hunter.RunOf(options, clock, options.Earliest, options.Latest, Messages, cancellation), new Sink(batch =>
            {
                for (var row = 0; row < batch.Count; row++) kept.Add(ResultRow.From(batch, row));
                return true;
            })));
        }
        if (now is null) searches.Add(new PlannedSearch(newest.Plan, Hunter.RunOf(options, 0, 0, double.PositiveInfinity, Messages, cancellation), newest.Sink));
        var results = searches.Count > 0 ? Runner.Run(searches, source, cancellation) : [];
        var window = new SearchWindow(options.Earliest, options.Latest, now ?? newest.After);
        for (var i = 0; i < rows.Count; i++)
        {
            if (results[i].Failure is { } failure)
            {
                Refused.Add(new RuleRefusal(rows[i].Rule, failure.Message, null));
                continue;
            }
            Ran.Add(rows[i].Rule);
            var stages = results[i].Stages;
            Work.Add(new RuleWork(rows[i].Rule, stages.Count > 0 ? stages[0].RowsIn : 0, rows[i].Rows.Count, stages.Aggregate(TimeSpan.Zero, static (sum, stage) => sum + stage.Time)));
            foreach (var row in rows[i].Rows) Findings.AddRange(FindingMaker.Of(rows[i].Rule, row, window));
        }
        return window.Now;
    }
}
