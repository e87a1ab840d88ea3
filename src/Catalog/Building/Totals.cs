using Karst.Catalog.Model;

namespace Karst.Catalog.Building;

/// <summary>Numbers and facets for the start page.</summary>
static class Totals
{
    public static CatalogTotals Of(IReadOnlyList<RuleEntry> rules) => new(
        rules.Count,
        rules.Count(static rule => rule.Runs),
        rules.Count(static rule => rule.IsProven),
        rules.Count(static rule => rule.Indicators.Count > 0),
        rules.Sum(static rule => rule.Unanalyzed.Count))
    {
        EventsFromPredicates = Count(rules, "predicates"),
        EventsFromDataModel = Count(rules, "data_model"),
        EventsFromDataSource = Count(rules, "data_source"),
        EventsUnknown = rules.Count(static rule => rule.Events.Count == 0),
        Facets =
        [
            new Facet("platform", Counts.By(rules, static rule => rule.Card.Platform)),
            new Facet("status", Counts.By(rules, static rule => rule.Card.Status)),
            new Facet("type", Counts.By(rules, static rule => rule.Card.Type)),
            new Facet("category", Counts.By(rules.Where(static rule => rule.Category.Length > 0), static rule => rule.Category)),
            new Facet("tactic", Counts.Of(rules.SelectMany(static rule => rule.Card.Tactics))),
            Linked("technique", rules.SelectMany(static rule => rule.Attack.DistinctBy(static row => row.Id).Select(static row => ($"{row.Id} {row.Name}", row.Address)))),
            Linked("provider", rules.SelectMany(static rule => rule.Events.DistinctBy(static row => row.Provider).Select(static row => (row.Provider, row.ProviderAddress)))),
            Linked("event", rules.SelectMany(static rule => rule.Events.Select(static row => ($"{row.Provider} {row.Event}", row.Address)))),
            Linked("story", rules.SelectMany(static rule => rule.Stories.Select(static story => (story.Text, story.Address!)))),
            new Facet("data model", Counts.Of(rules.SelectMany(static rule => rule.DataModels))),
            new Facet("proven", Counts.By(rules, static rule => rule.IsProven ? "proven" : rule.Tests.Count > 0 ? "not proven" : "no test")),
        ],
    };

    // A rule with events of several origins counts under the strongest.
    static int Count(IReadOnlyList<RuleEntry> rules, string origin) => rules.Count(rule => rule.Events.Select(static row => Rank(row.Origin)).DefaultIfEmpty(9).Min() == Rank(origin));

    static int Rank(string origin) => origin switch { "predicates" => 0, "data_model" => 1, _ => 2 };

    static Facet Linked(string name, IEnumerable<(string Text, string Address)> items)
    {
        var all = items.ToList();
        var addresses = all.DistinctBy(static item => item.Text).ToDictionary(static item => item.Text, static item => item.Address, StringComparer.Ordinal);
        return new Facet(name, Counts.Of(all.Select(static item => item.Text), text => addresses[text]));
    }
}
