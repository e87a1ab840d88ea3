using Karst.App.Options;
using Karst.App.Output;
using Karst.Engine.Commands;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.App.Searching;

/// <summary>One search from its text to its rows.</summary>
sealed class Searcher(string text, KnowledgeBase knowledge, EventSettings settings, ProblemLog input)
{
    readonly double _now = settings.Now ?? EventSettings.Clock();
    Plan? _plan;

    /// <summary>What the run says beside the rows.</summary>
    public RunMessages Messages { get; } = new();

    /// <summary>The plan as text.</summary>
    public string Plan => string.Concat(_plan!.Stages.Select(static stage => stage.Describe() + "\n"));

    /// <summary>Parses and binds; false when there are errors, which were printed.</summary>
    public bool Bind()
    {
        var expansion = MacroExpander.Expand(text, knowledge);
        var parsed = SplParser.Parse(expansion.Text);
        var errors = expansion.Diagnostics.Concat(parsed.Diagnostics).ToList();
        foreach (var diagnostic in errors) DiagnosticOutput.Print(diagnostic, expansion.Text);
        if (errors.Exists(static diagnostic => diagnostic.Severity == Severity.Error)) return false;
        try
        {
            _plan = Bind(parsed.Search, false);
            return true;
        }
        catch (SplException refused)
        {
            DiagnosticOutput.Print(refused.Diagnostic, expansion.Text);
            return false;
        }
    }

    /// <summary>Runs the plan; rows go to <paramref name="take"/>.</summary>
    public void Run(Func<Batch, bool> take, bool rows, CancellationToken cancellation)
    {
        if (!rows) throw new UsageException("raw events cannot be searched in this build, rows (`--rows`) can");
        var (earliest, latest) = settings.Window(_now);
        RunContext? run = null;
        run = new RunContext { Now = _now, Zone = settings.Zone, Limits = settings.Limits, Earliest = earliest, Latest = latest, Cancellation = cancellation, Messages = Messages };
        Operator first = new Sink(take);
        foreach (var stage in _plan!.Stages.Reverse())
        {
            var operation = stage.Open(run);
            operation.Next = first;
            first = operation;
        }
        foreach (var file in EventInput.Expand(settings.Paths, input.Add))
            foreach (var batch in RowReader.Read(file, settings.Zone, 4096, input.Add, cancellation))
                if (!first.Push(batch)) break;
        first.Finish();
    }

    Plan Bind(SearchSyntax search, bool isInner)
    {
        var stages = new List<Stage>();
        foreach (var command in search.Commands)
        {
            if (command.Name == "search" && command.Arguments.All(static token => token.Text == "*")) continue;
            var context = new BindContext { Knowledge = knowledge, Now = _now, Zone = settings.Zone, Limits = settings.Limits, IsFirst = stages.Count == 0 && !isInner, BindSubsearch = inner => Bind(inner, false), BindPipeline = inner => Bind(inner, true) };
            var found = CommandTable.Find(command.Name) ?? throw new SplException(new Diagnostic("SPL010", $"unknown command `{command.Name}`", command.NameSpan));
            stages.AddRange(found.BindStages(command, context));
        }
        return new Plan(stages);
    }
}
