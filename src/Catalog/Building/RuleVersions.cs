using Karst.Rules;

namespace Karst.Catalog.Building;

/// <summary>Which of several rules with one id stands in the catalogue: the highest version; the others are its history.</summary>
sealed class RuleVersions
{
    readonly Dictionary<string, List<Rule>> _older = new(StringComparer.OrdinalIgnoreCase);
    readonly List<Rule> _current = [];
    readonly List<RuleDiagnostic> _problems = [];

    public RuleVersions(IEnumerable<Rule> rules, IEnumerable<Rule> older)
    {
        foreach (var group in rules.GroupBy(static rule => rule.Id, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Key.Length == 0)
            {
                _current.AddRange(group);
                continue;
            }
            var versions = Sorted(group);
            _current.Add(versions[0]);
            _older[group.Key] = versions[1..];
            foreach (var twin in versions.Skip(1).Where(rule => rule.Version == versions[0].Version))
                _problems.Add(new RuleDiagnostic(twin.Path, twin.PlaceOf("id"), CatalogErrors.TwoOfOneVersion(twin, SourcePaths.Of(versions[0]))) { Rule = twin.Name });
        }
        foreach (var rule in older)
            if (rule.Id.Length > 0 && _older.TryGetValue(rule.Id, out var versions)) versions.Add(rule);
        _current.Sort(static (left, right) => Compare(left, right));
    }

    /// <summary>The rules of the catalogue, by name.</summary>
    public IReadOnlyList<Rule> Current => _current;

    /// <summary>Two rules of one id and one version.</summary>
    public IReadOnlyList<RuleDiagnostic> Problems => _problems;

    /// <summary>The other versions of a rule, each once, the newest first; a version as high as the rule's own is none.</summary>
    public IReadOnlyList<Rule> Older(Rule rule) =>
        rule.Id.Length > 0 && _older.TryGetValue(rule.Id, out var versions)
            ? [.. Sorted(versions).DistinctBy(static version => version.Version).Where(version => version.Version < rule.Version)]
            : [];

    static List<Rule> Sorted(IEnumerable<Rule> rules) =>
        [.. rules.OrderByDescending(static rule => rule.Version).ThenByDescending(static rule => rule.ModificationDate, StringComparer.Ordinal).ThenBy(static rule => SourcePaths.Of(rule), StringComparer.Ordinal).ThenBy(static rule => rule.Path, StringComparer.Ordinal)];

    static int Compare(Rule left, Rule right)
    {
        var order = string.CompareOrdinal(left.Name, right.Name);
        if (order == 0) order = string.CompareOrdinal(left.Id, right.Id);
        return order != 0 ? order : string.CompareOrdinal(SourcePaths.Of(left), SourcePaths.Of(right));
    }
}
