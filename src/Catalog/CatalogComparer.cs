using Karst.Catalog.Building;
using Karst.Catalog.Comparing;
using Karst.Catalog.Model;
using Karst.Engine.Knowledge;
using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.Catalog;

/// <summary>One side of a comparison: rules, and the knowledge that their macros come from.</summary>
public sealed record ComparedRules(IReadOnlyList<Rule> Rules, Func<Rule, IKnowledge> KnowledgeOf);

/// <summary>Compares two sets of rules: which came, which went, and what changed in the others. Of each id the highest version counts; a rule without an id is known by its name.</summary>
public static class CatalogComparer
{
    /// <summary>Compares the older with the newer.</summary>
    public static CatalogDifference Compare(ComparedRules older, ComparedRules newer, CancellationToken cancellation = default)
    {
        var (before, after) = (ByKey(older), ByKey(newer));
        var both = before.Keys.Where(after.ContainsKey).Select(key => (Older: before[key], Newer: after[key])).ToList();
        var changes = new RuleChange[both.Count];
        Parallel.For(0, both.Count, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            var (left, right) = both[index];
            changes[index] = RuleComparison.Of(left, RuleAnalysis.Of(left, older.KnowledgeOf(left)), right, RuleAnalysis.Of(right, newer.KnowledgeOf(right)));
        });
        var changed = both.Select((pair, index) => new ChangedRule(ReferenceTo(pair.Older), ReferenceTo(pair.Newer), changes[index])).Where(static rule => !rule.Change.IsEmpty).ToList();
        return new CatalogDifference(
            Sorted(after.Where(pair => !before.ContainsKey(pair.Key)).Select(static pair => ReferenceTo(pair.Value))),
            Sorted(before.Where(pair => !after.ContainsKey(pair.Key)).Select(static pair => ReferenceTo(pair.Value))),
            [.. changed.OrderBy(static rule => rule.Newer.Name, StringComparer.Ordinal).ThenBy(static rule => rule.Newer.Id, StringComparer.Ordinal)])
        {
            Same = both.Count - changed.Count,
        };
    }

    static Dictionary<string, Rule> ByKey(ComparedRules rules)
    {
        var result = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        // Two rules without an id and of one name are told apart by nothing: the first by file stands for both.
        foreach (var rule in new RuleVersions(rules.Rules, []).Current) result.TryAdd(rule.Id.Length > 0 ? rule.Id : "\n" + rule.Name, rule);
        return result;
    }

    static RuleReference ReferenceTo(Rule rule) => new(rule.Name, rule.Id, rule.Version, SourcePaths.Of(rule));

    static List<RuleReference> Sorted(IEnumerable<RuleReference> rules) => [.. rules.OrderBy(static rule => rule.Name, StringComparer.Ordinal).ThenBy(static rule => rule.Id, StringComparer.Ordinal)];
}
