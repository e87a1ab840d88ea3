using Karst.App.Options;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;
using Karst.Spl;

namespace Karst.App.Linting;

/// <summary>What lint found: all messages, how many rules there are, how many bind, and how many need something that is not there.</summary>
sealed record LintResult(IReadOnlyList<RuleDiagnostic> Diagnostics, int Rules, int Bound, int Unsupported)
{
    /// <summary>Why rules do not bind, each with the number of rules.</summary>
    public required IReadOnlyDictionary<string, int> Reasons { get; init; }

    /// <summary>What apps say that cannot be honoured.</summary>
    public required KnowledgeProblems Problems { get; init; }

    /// <summary>Messages of severity error.</summary>
    public int Errors => Diagnostics.Count(static diagnostic => diagnostic.IsError);
}

/// <summary>Checks the form of rules and binds their searches.</summary>
static class RuleLint
{
    /// <summary>Checks files and folders.</summary>
    public static LintResult Run(IReadOnlyList<string> paths, EventSettings settings, CancellationToken cancellation)
    {
        var problems = new KnowledgeProblems();
        var set = new RuleSet(paths, settings.Apps, problems);
        set.Shared.ReadAll();
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = set.KnowledgeOf, Now = settings.Now, Zone = settings.Zone, Limits = settings.Limits });
        var diagnostics = new List<RuleDiagnostic>(set.Diagnostics);
        var reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        int bound = 0, unsupported = 0;
        foreach (var rule in set.Rules)
        {
            cancellation.ThrowIfCancellationRequested();
            var search = engine.Prepare(rule, rule.Search);
            diagnostics.AddRange(search.Diagnostics.Select(diagnostic => RuleDiagnostic.InSearch(rule, diagnostic)));
            if (search.CanRun) bound++;
            else
            {
                var first = search.Diagnostics.First(static diagnostic => diagnostic.Severity == Severity.Error);
                // What is not defined may be brought with --app.
                if (first.Kind is DiagnosticKind.Unsupported or DiagnosticKind.Name) unsupported++;
                reasons[first.Message] = reasons.GetValueOrDefault(first.Message) + 1;
            }
        }
        var sorted = diagnostics
            .OrderBy(static diagnostic => diagnostic.Path, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.At.Line)
            .ThenBy(static diagnostic => diagnostic.At.Column)
            .ToList();
        return new LintResult(sorted, set.Rules.Count, bound, unsupported) { Reasons = reasons, Problems = problems };
    }
}
