using Karst.Engine.Commands;
using Karst.Engine.Knowledge;
using Karst.Engine.Passes;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine;

/// <summary>How a search is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>Macros, lookups, models, fields.</summary>
    public required IKnowledge Knowledge { get; init; }

    /// <summary>The start of the search in epoch seconds.</summary>
    public required double Now { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The input is rows already: a first command that takes rows reads them, and their order is kept.</summary>
    public bool InputIsRows { get; init; }

    /// <summary>Passes that are switched off by name.</summary>
    public IReadOnlySet<string> DisabledPasses { get; init; } = new HashSet<string>();

    /// <summary>How many searches given as text (`savedsearch`) this one lies within.</summary>
    internal int TextDepth { get; init; }
}

/// <summary>The plan after a pass, for `--plan`.</summary>
public sealed record PassTrace(string Pass, Plan Plan);

/// <summary>What compiling gives: a plan, or the diagnostics that say why not. Spans of diagnostics point into <see cref="Text"/>.</summary>
public sealed record CompileResult(Plan? Plan, string Text, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<PassTrace> Trace)
{
    /// <summary>The macros that were expanded.</summary>
    public IReadOnlyList<MacroCall> Macros { get; init; } = [];

    /// <summary>A position in <see cref="Text"/> back to one in the search as written.</summary>
    public Func<int, int> ToOriginal { get; init; } = static position => position;

    /// <summary>The expanded search as syntax; null when it does not parse.</summary>
    public SearchSyntax? Syntax { get; init; }

    /// <summary>A diagnostic with its place in the search as written.</summary>
    public Diagnostic InOriginal(Diagnostic diagnostic) => diagnostic with { At = diagnostic.At.Map(ToOriginal) };
}

/// <summary>Text to plan, on one screen: expand, parse, bind, improve.</summary>
public static class Pipeline
{
    /// <summary>Compiles a search; user mistakes are diagnostics, not exceptions.</summary>
    public static CompileResult Compile(string search, CompileOptions options)
    {
        var expansion = MacroExpander.Expand(search, options.Knowledge, MacroValues.Evaluator(options));
        // Their places are those of the calls as written.
        var diagnostics = expansion.Diagnostics
            .Select(diagnostic => diagnostic with { At = diagnostic.At.Map(expansion.ToExpanded) })
            .ToList();
        var parsed = SplParser.Parse(expansion.Text);
        diagnostics.AddRange(parsed.Diagnostics);
        CompileResult Result(Plan? plan, IReadOnlyList<PassTrace> trace) => new(plan, expansion.Text, diagnostics, trace)
        {
            Macros = expansion.Used,
            ToOriginal = expansion.ToOriginal,
            Syntax = parsed.Search,
        };
        if (diagnostics.Exists(IsError)) return Result(null, []);
        try
        {
            var bound = Bind(parsed.Search, options, diagnostics, isInner: false, isShown: true);
            var (plan, trace) = Improve(bound, options);
            return Result(plan, trace);
        }
        catch (SplException refused)
        {
            diagnostics.Add(refused.Diagnostic);
            return Result(null, []);
        }
    }

    static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == Severity.Error;

    static Plan Bind(SearchSyntax search, CompileOptions options, List<Diagnostic> diagnostics, bool isInner, bool isShown = false)
    {
        var stages = new List<Stage>();
        foreach (var command in search.Commands)
        {
            var isFirst = stages.Count == 0 && !isInner;
            var context = new BindContext
            {
                Knowledge = options.Knowledge,
                Now = options.Now,
                Zone = options.Zone,
                Limits = options.Limits,
                IsFirst = isFirst,
                Diagnostics = diagnostics,
                BindSubsearch = inner => Improve(Bind(inner, options with { InputIsRows = false }, diagnostics, isInner: false), options).Plan,
                BindSource = inner => Bind(inner, options with { InputIsRows = false }, diagnostics, isInner: false),
                BindPipeline = inner => Bind(inner, options, diagnostics, isInner: true),
                BindSourceText = text => BindText(text, options, diagnostics),
                TextDepth = options.TextDepth,
            };
            if (isFirst && command.Name == "search")
            {
                var (events, filter) = Commands.Search.BindFirst(command, context);
                stages.Add(events with { KeepsInputOrder = options.InputIsRows });
                if (filter is not null) stages.Add(filter);
                continue;
            }
            var bound = Find(command).BindStages(command, context);
            if (isFirst && !bound[0].IsGenerating)
            {
                if (!options.InputIsRows) throw new SplException(PipelineErrors.NotGenerating(command));
                stages.Add(new EventsStage(FieldSet.All) { KeepsInputOrder = true, At = command.Span });
            }
            if (!isFirst && bound[0].IsGenerating && stages.Count > 0) throw new SplException(PipelineErrors.GeneratingLater(command));
            stages.AddRange(bound);
        }
        if (stages.Count == 0 && !isInner) stages.Add(new EventsStage(FieldSet.All));
        return new Plan(Commands.FieldformatStage.Last(stages, shows: isShown));
    }

    static Plan BindText(string text, CompileOptions options, List<Diagnostic> diagnostics)
    {
        var expansion = MacroExpander.Expand(text, options.Knowledge, MacroValues.Evaluator(options));
        var parsed = SplParser.Parse(expansion.Text);
        if (expansion.Diagnostics.Concat(parsed.Diagnostics).FirstOrDefault(IsError) is { } error) throw new SplException(error);
        return Bind(parsed.Search, options with { InputIsRows = false, TextDepth = options.TextDepth + 1 }, diagnostics, isInner: false);
    }

    static Command Find(CommandSyntax command)
    {
        if (CommandTable.Find(command.Name) is { } found) return found;
        if (command.IsMacro) throw new SplException(Search.SearchErrors.UndefinedMacro(command.Arguments[0].Macro!));
        throw new SplException(PipelineErrors.UnknownCommand(command));
    }

    static (Plan Plan, List<PassTrace> Trace) Improve(Plan plan, CompileOptions options)
    {
        var trace = new List<PassTrace> { new("bind", plan) };
        if (plan.Stages.Count == 0) return (plan, trace);
        foreach (var pass in PassTable.All)
        {
            if (!pass.IsRequired && options.DisabledPasses.Contains(pass.Name)) continue;
            plan = pass.Apply(plan);
            trace.Add(new PassTrace(pass.Name, plan));
        }
        return (plan, trace);
    }
}
