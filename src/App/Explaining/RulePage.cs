using Karst.App.Options;
using Karst.App.Searching;
using Karst.Catalog.Building;
using Karst.Catalog.Model;
using Karst.Detection;
using Karst.Engine;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.App.Explaining;

/// <summary>All that is said of one rule; text and JSON print the same.</summary>
sealed record RulePage(Rule Rule, RuleAnalysis Analysis, CompileResult Compiled)
{
    /// <summary>The events that the rule watches.</summary>
    public required IReadOnlyList<CoveredEvent> Events { get; init; }

    /// <summary>Its techniques, with their tactics.</summary>
    public required IReadOnlyList<AttackTechnique> Attack { get; init; }

    /// <summary>The fields that its search reads of events, and where each comes from.</summary>
    public required IReadOnlyList<FieldNeed> Fields { get; init; }

    /// <summary>Rows in and out of every stage, where there are events.</summary>
    public SearchOutcome? Outcome { get; init; }

    /// <summary>Rows that came out at the end.</summary>
    public long Rows { get; init; }

    /// <summary>Why the nearest event missed, when all did.</summary>
    public string? NearestMiss { get; init; }

    /// <summary>Makes the page; with paths, runs the rule over them.</summary>
    public static RulePage Of(Rule rule, RuleSet set, EventSettings settings, ProblemLog input, CancellationToken cancellation)
    {
        var knowledge = set.KnowledgeOf(rule);
        var analysis = RuleAnalysis.Of(rule, knowledge);
        var compiled = Pipeline.Compile(rule.Search, new CompileOptions { Knowledge = knowledge, Now = settings.Now ?? 0, Zone = settings.Zone, Limits = settings.Limits });
        var page = new RulePage(rule, analysis, compiled)
        {
            Events = new EventCoverage(EventTable.ReadFolder(ShippedContent.Folder)).Of(rule, analysis),
            Attack = [.. rule.AttackIds.SelectMany(AttackTable.ReadFolder(ShippedContent.Folder).Find)],
            Fields = FieldNeeds.Of(compiled, analysis, knowledge),
        };
        return settings.Paths.Count > 0 ? page.Ran(set, settings, input, cancellation) : page;
    }

    RulePage Ran(RuleSet set, EventSettings settings, ProblemLog input, CancellationToken cancellation)
    {
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = set.KnowledgeOf, Now = settings.Now, Zone = settings.Zone, Limits = settings.Limits, Problem = input.Add });
        var prepared = engine.Prepare(Rule, Rule.Search);
        if (!prepared.CanRun) return this;
        using var stdin = new StandardInputCopy(settings.Paths);
        var inputs = settings.Paths
            .Select(path => new SearchInput(stdin.Replace(new InputFile(path, path)).Path, settings.Sourcetype, settings.Source, settings.Host, settings.Index))
            .ToList();
        var window = Window(settings);
        long rows = 0;
        var outcome = prepared.Run(inputs, window, batch =>
        {
            rows += batch.Count;
            return true;
        }, cancellation);
        // What could not be read was said in the first pass.
        var miss = rows == 0 && outcome.LostAt >= 0 ? prepared.NearestMiss(inputs, window, outcome.LostAt, cancellation) : null;
        return this with { Outcome = outcome, Rows = rows, NearestMiss = miss };
    }

    static SearchWindow? Window(EventSettings settings)
    {
        if ((settings.Earliest ?? settings.Latest) is null) return null;
        var now = settings.Now ?? EventSettings.Clock();
        var (earliest, latest) = settings.Window(now);
        return new SearchWindow(earliest, latest, now);
    }
}
