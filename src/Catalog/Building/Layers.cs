using Karst.Catalog.Model;

namespace Karst.Catalog.Building;

/// <summary>Navigator layers: all rules, those of each status, those whose test passed.</summary>
static class Layers
{
    public static List<NavigatorLayer> Of(IReadOnlyList<RuleEntry> rules)
    {
        var layers = new List<NavigatorLayer> { Layer("All rules", "The number of rules for each technique.", "all", rules) };
        foreach (var status in rules.GroupBy(static rule => rule.Card.Status, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
            layers.Add(Layer($"Rules in {status.Key}", $"The number of rules of status {status.Key} for each technique.", status.Key, status));
        layers.Add(Layer("Rules whose test passed", "The number of rules for each technique with a test that ran here and passed.", "proven", rules.Where(static rule => rule.IsProven)));
        return layers;
    }

    /// <summary>The layer of one rule.</summary>
    public static NavigatorLayer? Of(RuleEntry rule) => rule.Layer is { } address ? Layer(rule.Card.Name, "The techniques of one rule.", [rule], address) : null;

    static NavigatorLayer Layer(string name, string description, string file, IEnumerable<RuleEntry> rules) => Layer(name, description, rules, $"layers/{file}.json");

    static NavigatorLayer Layer(string name, string description, IEnumerable<RuleEntry> rules, string address) => new(name, description, address,
    [
        // Navigator knows the active techniques of its own version: a revoked one is scored under its successor, an unknown one not at all.
        .. rules.SelectMany(static rule => rule.Attack.Where(static row => row.Status != "unknown").Select(static row => row.Successor?.Text.Split(' ')[0] ?? row.Id).Distinct(StringComparer.Ordinal).Select(id => (Id: id, Rule: rule)))
            .GroupBy(static use => use.Id, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new LayerTechnique(group.Key, group.Count(), group.Count(static use => use.Rule.IsProven), [.. group.Select(static use => use.Rule.Card.Name)])),
    ]);
}
