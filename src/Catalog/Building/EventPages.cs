using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>The pages of events and of their providers.</summary>
static class EventPages
{
    const int MaxIndicators = 50;

    public static (List<EventEntry> Events, List<ProviderEntry> Providers) Of(IReadOnlyList<RuleEntry> rules, CollectionInfo collections, EventTable table)
    {
        var events = rules.SelectMany(static rule => rule.Events.Select(row => (Row: row, Rule: rule)))
            .GroupBy(static pair => pair.Row.Address, StringComparer.Ordinal)
            .Select(group => EventOf([.. group], collections, table))
            .OrderBy(static entry => entry.Provider, StringComparer.Ordinal).ThenBy(static entry => entry.Event, CoveredEvent.Order)
            .ToList();
        var providers = events.GroupBy(static entry => entry.ProviderAddress, StringComparer.Ordinal)
            .Select(static group => new ProviderEntry(
                group.First().Provider,
                group.Key,
                group.SelectMany(static entry => entry.Rules).Select(static rule => rule.Rule.Address).Distinct(StringComparer.Ordinal).Count(),
                [.. group.Select(static entry => new ProviderEvent(entry.Event, entry.Title, entry.Address, entry.Rules.Count))]))
            .ToList();
        return (events, providers);
    }

    static EventEntry EventOf(IReadOnlyList<(EventRow Row, RuleEntry Rule)> uses, CollectionInfo collections, EventTable table)
    {
        var row = uses[0].Row;
        var rules = uses.Select(static use => use.Rule).ToList();
        var source = collections.SourceOf(row.Provider, row.Event, table);
        return new EventEntry(row.Provider, row.Event, row.Address)
        {
            Title = row.Title,
            ProviderAddress = row.ProviderAddress,
            Description = source?.Description ?? "",
            Sample = source?.Sample,
            Fields = Fields(rules),
            Patterns = Patterns(rules),
            Indicators = Common(rules),
            Rules = [.. uses.Select(static use => new EventRule(use.Rule.Card, use.Row.Origin))],
        };
    }

    static IReadOnlyList<Counted> Fields(IEnumerable<RuleEntry> rules)
    {
        var addresses = new Dictionary<string, string?>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var rule in rules)
            foreach (var indicator in rule.Indicators.Where(static indicator => indicator.Address is not null).DistinctBy(static indicator => indicator.Normalized))
            {
                names.Add(indicator.Normalized);
                addresses[indicator.Normalized] = indicator.Address;
            }
        return Counts.Of(names, name => addresses[name]);
    }

    static IReadOnlyList<Counted> Patterns(IEnumerable<RuleEntry> rules)
    {
        var addresses = new Dictionary<string, string?>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var row in rules.SelectMany(static rule => rule.Attack.Where(static row => row.Tactic.Length > 0).DistinctBy(static row => (row.Tactic, row.Id))))
        {
            var name = $"{row.Tactic}: {row.Name}";
            names.Add(name);
            addresses[name] = row.Address;
        }
        return Counts.Of(names, name => addresses[name]);
    }

    static List<CommonIndicator> Common(IReadOnlyList<RuleEntry> rules) =>
    [
        .. rules.SelectMany(static rule => rule.Indicators.SelectMany(indicator => indicator.Values.Where(static value => value.Address is not null)
                .Select(value => (Indicator: indicator, value.Value, value.Address, Rule: rule)))
                .DistinctBy(static use => (use.Address, use.Indicator.Kind, use.Indicator.Negated)))
            .GroupBy(static use => (use.Address, use.Indicator.Kind, use.Indicator.Negated))
            .Where(static group => group.Count() > 1)
            .Select(static group => new CommonIndicator(
                group.First().Indicator.Normalized, group.Key.Kind.Name(), group.Key.Negated, group.Select(static use => use.Value).Min(StringComparer.Ordinal)!, group.Count(), Counts.By(group, static use => use.Rule.Card.Platform))
            {
                Address = group.Key.Address!,
            })
            .OrderByDescending(static common => common.Rules).ThenBy(static common => common.Field, StringComparer.Ordinal).ThenBy(static common => common.Kind, StringComparer.Ordinal)
            .ThenBy(static common => common.Value, StringComparer.Ordinal).ThenBy(static common => common.Negated)
            .Take(MaxIndicators),
    ];
}
