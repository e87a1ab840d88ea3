using Karst.Catalog.Model;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Spl;

namespace Karst.Catalog.Building;

/// <summary>A rule with all that its own text says: what other rules say of it comes later.</summary>
sealed record AnalyzedRule(Rule Rule, RuleAnalysis Analysis)
{
    /// <summary>The platform whose language the search is written in.</summary>
    public const string Platform = "splunk";

    /// <summary>This version can run it.</summary>
    public bool Runs { get; init; }

    /// <summary>What it watches.</summary>
    public required IReadOnlyList<CoveredEvent> Events { get; init; }

    /// <summary>The fields that it reads.</summary>
    public required IReadOnlyList<FieldNeed> FieldsNeeded { get; init; }

    /// <summary>What is wrong with its search.</summary>
    public required IReadOnlyList<RuleDiagnostic> Diagnostics { get; init; }

    /// <summary>The definitions of its macros; null where nobody defines one.</summary>
    public required IReadOnlyList<(string Key, Macro? Macro)> Macros { get; init; }

    /// <summary>What its lookups are; null where nobody defines one, or it cannot be read.</summary>
    public required IReadOnlyList<(string Name, LookupTable? Table, string? Problem)> Lookups { get; init; }

    /// <summary>Reads a rule's search.</summary>
    public static AnalyzedRule Of(Rule rule, CatalogSources sources, EventCoverage coverage)
    {
        var knowledge = sources.KnowledgeOf(rule);
        var analysis = RuleAnalysis.Of(rule, knowledge);
        var compiled = Pipeline.Compile(rule.Search, new CompileOptions { Knowledge = knowledge, Now = 0, Zone = sources.Zone, Limits = sources.Limits });
        return new AnalyzedRule(rule, analysis)
        {
            Runs = compiled.Plan is not null,
            Events = coverage.Of(rule, analysis),
            FieldsNeeded = FieldNeeds.Of(compiled, analysis, knowledge),
            Diagnostics = [.. compiled.Diagnostics.Select(diagnostic => RuleDiagnostic.InSearch(rule, compiled.InOriginal(diagnostic)))],
            Macros = [.. analysis.Macros.Select(key => (key, knowledge.Find(key)))],
            Lookups = [.. analysis.Lookups.Select(name => LookupOf(name, knowledge))],
        };
    }

    static (string, LookupTable?, string?) LookupOf(string name, IKnowledge knowledge)
    {
        try
        {
            return knowledge.FindLookup(name) is { } table ? (name, table, null) : (name, null, "nobody defines it");
        }
        catch (SplException problem)
        {
            return (name, null, problem.Diagnostic.Message);
        }
    }
}
