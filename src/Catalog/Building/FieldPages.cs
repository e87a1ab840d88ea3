using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>The pages of fields and of their values.</summary>
static class FieldPages
{
    public static (List<FieldEntry> Fields, List<ValueEntry> Values) Of(IReadOnlyList<RuleEntry> rules)
    {
        var uses = rules.SelectMany(static rule => rule.Indicators.Where(static indicator => indicator.Address is not null).Select(indicator => (Rule: rule, Indicator: indicator))).ToList();
        var values = uses.SelectMany(static use => use.Indicator.Values.Where(static value => value.Address is not null).Select(value => (use.Rule, use.Indicator, Value: value)))
            .GroupBy(static use => use.Value.Address!, StringComparer.Ordinal)
            .Select(static group => ValueOf(group.Key, [.. group]))
            .OrderBy(static entry => entry.Field, StringComparer.Ordinal).ThenBy(static entry => entry.Value, StringComparer.Ordinal)
            .ToList();
        var valuesOf = values.ToLookup(static entry => entry.FieldAddress, StringComparer.Ordinal);
        var fields = uses.GroupBy(static use => use.Indicator.Address!, StringComparer.Ordinal)
            .Select(group => FieldOf(group.Key, [.. group], valuesOf[group.Key]))
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal)
            .ToList();
        return (fields, values);
    }

    static FieldEntry FieldOf(string address, IReadOnlyList<(RuleEntry Rule, IndicatorEntry Indicator)> uses, IEnumerable<ValueEntry> values) => new(uses[0].Indicator.Normalized, address)
    {
        Names = Counts.By(uses.DistinctBy(static use => (use.Rule.Card.Address, use.Indicator.Field)), static use => use.Indicator.Field),
        Kinds = Counts.By(uses.DistinctBy(static use => (use.Rule.Card.Address, use.Indicator.Kind, use.Indicator.Negated)), static use => (use.Indicator.Negated ? "not " : "") + use.Indicator.Kind.Name()),
        Values =
        [
            .. values.Select(static value => new Counted(value.Value, value.Rules) { Address = value.Address })
                .OrderByDescending(static value => value.Count).ThenBy(static value => value.Text, StringComparer.Ordinal),
        ],
        Rules = [.. uses.Select(static use => use.Rule.Card).DistinctBy(static card => card.Address)],
    };

    static ValueEntry ValueOf(string address, IReadOnlyList<(RuleEntry Rule, IndicatorEntry Indicator, IndicatorValue Value)> uses) =>
        new(uses[0].Indicator.Normalized, SpellingOf(uses.Select(static use => use.Value.Value)), address)
        {
            FieldAddress = uses[0].Indicator.Address!,
            Uses =
            [
                .. uses.GroupBy(static use => (use.Indicator.Kind, use.Indicator.Negated))
                    .OrderBy(static group => group.Key.Kind).ThenBy(static group => group.Key.Negated)
                    .Select(static group => new ValueUse(group.Key.Kind.Name(), group.Key.Negated, [.. group.Select(static use => use.Rule.Card).DistinctBy(static card => card.Address)])),
            ],
            Rules = uses.Select(static use => use.Rule.Card.Address).Distinct(StringComparer.Ordinal).Count(),
        };

    // Rules write `rundll32.exe` and `Rundll32.exe`: the page is named as most of them have it.
    static string SpellingOf(IEnumerable<string> values) =>
        values.CountBy(static value => value, StringComparer.Ordinal).OrderByDescending(static counted => counted.Value).ThenBy(static counted => counted.Key, StringComparer.Ordinal).First().Key;
}
