using Karst.Catalog.Building;
using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Comparing;

/// <summary>What differs between two versions of a rule.</summary>
static class RuleComparison
{
    public static RuleChange Of(Rule older, RuleAnalysis olderAnalysis, Rule newer, RuleAnalysis newerAnalysis) => new()
    {
        Properties = Properties(older, newer),
        Predicates = Lines(Predicates(olderAnalysis), Predicates(newerAnalysis)),
        Indicators = Lines(Indicators(olderAnalysis), Indicators(newerAnalysis)),
        Fields = Lines(Fields(olderAnalysis), Fields(newerAnalysis)),
    };

    static List<PropertyChange> Properties(Rule older, Rule newer)
    {
        var changes = new List<PropertyChange>();
        Compare("name", static rule => rule.Name);
        Compare("version", static rule => rule.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Compare("status", static rule => rule.Status.ToString().ToLowerInvariant());
        Compare("type", static rule => rule.Type.ToString());
        Compare("description", static rule => rule.Description);
        Compare("author", static rule => rule.Author);
        Compare("creation_date", static rule => rule.CreationDate);
        Compare("modification_date", static rule => rule.ModificationDate);
        Compare("search", static rule => rule.Search);
        Compare("how_to_implement", static rule => rule.HowToImplement);
        Compare("known_false_positives", static rule => rule.KnownFalsePositives);
        Compare("references", static rule => List(rule.References));
        Compare("data_source", static rule => List(rule.DataSources));
        Compare("mitre_attack_id", static rule => List(rule.AttackIds));
        Compare("analytic_story", static rule => List(rule.Stories));
        Compare("asset_type", static rule => rule.AssetType);
        Compare("product", static rule => List(rule.Products));
        Compare("cve", static rule => List(rule.Cves));
        Compare("category", static rule => rule.Category);
        Compare("security_domain", static rule => rule.SecurityDomain);
        Compare("entities", static rule => List(rule.Entities.Select(static entity => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{entity.Type} {entity.Field} {entity.Score}: {entity.Message}"))));
        Compare("threat_objects", static rule => List(rule.ThreatObjects.Select(static threat => $"{threat.Type} {threat.Field}")));
        Compare("drilldown_searches", static rule => List(rule.Drilldowns.Select(static drilldown => $"{drilldown.Name}: {drilldown.Search} [{drilldown.EarliestOffset}, {drilldown.LatestOffset}]")));
        Compare("tests", static rule => List(rule.Tests.Select(static test => $"{test.Name}: {List(test.Data.Select(static data => data.Data))}")));
        return changes;

        void Compare(string name, Func<Rule, string> value)
        {
            var (before, after) = (value(older), value(newer));
            if (before != after) changes.Add(new PropertyChange(name, before.Length == 0 ? null : before, after.Length == 0 ? null : after));
        }
    }

    static string List(IEnumerable<string> texts) => string.Join(", ", texts);

    static IEnumerable<string> Predicates(RuleAnalysis analysis) => analysis.Stages.SelectMany(static stage => stage.Predicates.Select(predicate => $"{stage.Command}: {predicate.Describe()}"));

    // A line a value: of a list that grew, only what came is shown.
    static IEnumerable<string> Indicators(RuleAnalysis analysis) => analysis.Indicators.SelectMany(static indicator =>
    {
        var head = $"{indicator.Field} {(indicator.Negated ? "not " : "")}{indicator.Kind.Name()}";
        if (indicator.HasComputedValues) return [$"{head} ({indicator.Computed})"];
        return indicator.Values.Count == 0 ? [head] : indicator.Values.Select(value => $"{head} {value}");
    });

    static IEnumerable<string> Fields(RuleAnalysis analysis) => analysis.Reads.Concat(analysis.Indicators.Where(static indicator => !indicator.IsExpression).Select(static indicator => indicator.Field)).Select(FieldNames.Normalize);

    static LineChange Lines(IEnumerable<string> older, IEnumerable<string> newer)
    {
        var (before, after) = (new SortedSet<string>(older, StringComparer.Ordinal), new SortedSet<string>(newer, StringComparer.Ordinal));
        return new LineChange([.. after.Except(before)], [.. before.Except(after)]);
    }
}
