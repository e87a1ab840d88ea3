using Karst.Catalog.Model;
using Karst.Rules;

namespace Karst.Catalog.Building;

/// <summary>What is wrong with the input as a whole. What lint says of a rule that has a page stands on its page.</summary>
static class Problems
{
    public static IReadOnlyList<CatalogProblem> Of(IEnumerable<RuleDiagnostic> diagnostics, IReadOnlyList<RuleEntry> rules) =>
    [
        .. diagnostics.Select(ProblemOf)
            .Concat(rules.GroupBy(static rule => SlugOf(rule.Card.Name), StringComparer.Ordinal).Where(static group => group.Count() > 1).SelectMany(static group => group.Skip(1).Select(rule => Shared(rule, group.First()))))
            .Concat(rules.SelectMany(static rule => rule.Lint.Where(static lint => lint.Code is "CAT003").Select(lint => ProblemOf(rule, lint))))
            .Distinct()
            .OrderBy(static problem => problem.Path, StringComparer.Ordinal).ThenBy(static problem => problem.Line).ThenBy(static problem => problem.Column).ThenBy(static problem => problem.Message, StringComparer.Ordinal),
    ];

    static string SlugOf(string name) => Slugs.Of([name], lowerCase: true)[name];

    static CatalogProblem Shared(RuleEntry rule, RuleEntry first)
    {
        var diagnostic = CatalogErrors.OneSlug(rule.Card.Name, first.Source);
        return new CatalogProblem("warning", diagnostic.Code, diagnostic.Message, rule.Source, 1, 1) { Rule = rule.Card.Name };
    }

    static CatalogProblem ProblemOf(RuleEntry rule, LintEntry lint) => new(lint.Severity, lint.Code, lint.Message, rule.Source, lint.Line, lint.Column) { Rule = rule.Card.Name };

    static CatalogProblem ProblemOf(RuleDiagnostic found) =>
        new(found.Diagnostic.Severity.ToString().ToLowerInvariant(), found.Diagnostic.Code, found.Diagnostic.Message, SourcePaths.Of(found.Path), found.At.Line, found.At.Column) { Rule = found.Rule };
}
