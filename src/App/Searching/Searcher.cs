using System.Text;
using Karst.App.Options;
using Karst.App.Output;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Spl;

namespace Karst.App.Searching;

/// <summary>One search from its text to its rows.</summary>
sealed class Searcher(string text, KnowledgeBase knowledge, EventSettings settings, ProblemLog input)
{
    readonly double _now = settings.Now ?? EventSettings.Clock();
    CompileResult? _compiled;

    /// <summary>The input is rows already (`--rows`).</summary>
    public bool IsRows { get; init; }

    /// <summary>What the run says beside the rows.</summary>
    public RunMessages Messages { get; } = new();

    /// <summary>How far the source has come.</summary>
    public ScanProgress Progress { get; private set; } = new();

    /// <summary>Parses and binds; false when there are errors. All diagnostics are printed.</summary>
    public bool Bind()
    {
        _compiled = Pipeline.Compile(text, new CompileOptions { Knowledge = knowledge, Now = _now, Zone = settings.Zone, Limits = settings.Limits, InputIsRows = IsRows });
        foreach (var diagnostic in _compiled.Diagnostics) DiagnosticOutput.Print(diagnostic, _compiled.Text);
        return _compiled.Plan is not null;
    }

    /// <summary>The plan before and after each pass, and what the source takes over.</summary>
    public string DescribePlan()
    {
        var page = new StringBuilder();
        var before = "";
        foreach (var (pass, plan) in _compiled!.Trace)
        {
            var after = string.Concat(plan.Stages.Select(static stage => $"  {stage.Describe()}\n"));
            page.Append(Style.Output.Bold(pass)).Append(after == before ? ": no change\n" : $"\n{after}");
            before = after;
        }
        using var inputs = new Inputs(settings, input, rereads: false);
        var pushed = Source(inputs, default).TryPush(_compiled.Plan!);
        page.Append(Style.Output.Bold("source")).Append($": {(pushed.Exactness == PushExactness.Exact ? "exact" : "superset, rechecked")}; {pushed.Why}\n");
        foreach (var part in pushed.Pushed) page.Append($"  {part}\n");
        return page.ToString();
    }

    /// <summary>Runs the plan; rows go to <paramref name="take"/>, which says whether more are wanted.</summary>
    public SearchResult Run(Func<Batch, bool> take, CancellationToken cancellation)
    {
        using var inputs = new Inputs(settings, input, rereads: !IsRows && text.Contains('[', StringComparison.Ordinal));
        var source = Source(inputs, cancellation);
        var (earliest, latest) = settings.Window(_now);
        RunContext? run = null;
        run = new RunContext
        {
            Now = _now,
            Zone = settings.Zone,
            Limits = settings.Limits,
            Earliest = earliest,
            Latest = latest,
            Cancellation = cancellation,
            Messages = Messages,
            // A source of its own: what a subsearch reads is no progress of the search.
            RunSubsearch = (plan, most, take) => Runner.RunSubsearch(plan, run!, IsRows ? inputs.Rows(cancellation) : inputs.Events(knowledge, counted: false), most, take),
        };
        using (new Progress(() => ProgressLine.Of(inputs.Progress, inputs.Files.Count)))
        {
            var result = Runner.Run([new PlannedSearch(_compiled!.Plan!, run, new Sink(take))], source, cancellation)[0];
            inputs.Count();
            Progress = inputs.Progress;
            return result;
        }
    }

    IEventSource Source(Inputs inputs, CancellationToken cancellation) => IsRows ? inputs.Rows(cancellation) : inputs.Events(knowledge);
}
