using System.Globalization;
using Karst.Engine.Commands;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Specs;

/// <summary>Runs a case in one mode.</summary>
static class SpecEngine
{
    public static SpecResult Run(SpecCase spec, SpecMode mode)
    {
        using var app = new SpecApp(spec);
        var macros = app.Knowledge;
        var expansion = MacroExpander.Expand(spec.Search, macros);
        var parsed = SplParser.Parse(expansion.Text);
        var diagnostics = expansion.Diagnostics.Concat(parsed.Diagnostics).Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
        if (diagnostics.Count > 0) return new SpecResult([]) { Errors = diagnostics, Source = expansion.Text };
        var options = spec.Options;
        var now = options.TryGetValue("now", out var moment) && EventTime.TryParse(moment, TimeZoneInfo.Utc, out var epoch) ? epoch : 1_700_000_000;
        var zone = options.TryGetValue("tz", out var name) ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;
        var limits = SpecLimits.Read(options);
        var rows = SpecInput.Rows(spec);
        RunContext? run = null;
        run = new RunContext
        {
            Now = now,
            Zone = zone,
            Limits = limits,
            BatchSize = mode.BatchSize,
            RunSubsearch = (plan, most) =>
            {
                var kept = new RowStore();
                Execute(plan, run!, rows, batch => Keep(kept, batch, most));
                return kept;
            },
        };
        try
        {
            var plan = Bind(parsed.Search, macros, now, zone, limits, false);
            var result = new RowStore();
            Execute(plan, run, rows, batch => Keep(result, batch, int.MaxValue));
            return new SpecResult([.. result.ToBatches(4_096)]) { Messages = run.Messages, Plan = [.. plan.Stages.Select(stage => stage.Describe())] };
        }
        catch (SplException refused)
        {
            return new SpecResult([]) { Errors = [refused.Diagnostic], Source = expansion.Text };
        }
        catch (SearchFailedException failed)
        {
            return new SpecResult([]) { Failure = failed.Message, Source = expansion.Text };
        }
    }

    static bool Keep(RowStore rows, Batch batch, int most)
    {
        for (var row = 0; row < batch.Count && rows.Count < most; row++) rows.Add(batch, row);
        return rows.Count < most;
    }

    static Plan Bind(SearchSyntax search, IKnowledge knowledge, double now, TimeZoneInfo zone, Limits limits, bool isInner)
    {
        var stages = new List<Stage>();
        foreach (var command in search.Commands)
        {
            var context = new BindContext
            {
                Knowledge = knowledge,
                Now = now,
                Zone = zone,
                Limits = limits,
                IsFirst = stages.Count == 0 && !isInner,
                BindSubsearch = inner => Bind(inner, knowledge, now, zone, limits, false),
                BindPipeline = inner => Bind(inner, knowledge, now, zone, limits, true),
            };
            if (command.Name == "search" && command.Arguments.All(token => token.Text == "*")) continue;
            var found = CommandTable.Find(command.Name)
                ?? throw new SplException(new Diagnostic("SPL010", $"unknown command `{command.Name}`: {KnownCommands.Reason(command.Name)}", command.NameSpan));
            stages.AddRange(found.BindStages(command, context));
        }
        return new Plan(stages);
    }

    static void Execute(Plan plan, RunContext run, List<List<KeyValuePair<string, Value>>> rows, Func<Batch, bool> take)
    {
        Operator first = new Sink(take);
        foreach (var stage in plan.Stages.Reverse())
        {
            var operation = stage.Open(run);
            operation.Next = first;
            first = operation;
        }
        if (plan.Stages is not [{ IsGenerating: true }, ..]) SpecInput.Push(rows, run.BatchSize, first.Push);
        first.Finish();
    }
}
