using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Spl;

namespace Karst.Units.Catalog;

/// <summary>Corpus counts against a scan of the expanded texts that shares nothing with the analysis but the expansion of macros.</summary>
public sealed class CorpusCountTests
{
    const int Seed = 20_241_024;

    static readonly Lazy<Dictionary<string, HashSet<TextScan.Found>>> s_scans = new(static () =>
    {
        var sources = CorpusCatalog.GetSources();
        var current = CorpusCatalog.Get().Rules.ToDictionary(static rule => rule.Card.Id);
        var scans = new Dictionary<string, HashSet<TextScan.Found>>();
        foreach (var rule in sources.Rules.Where(rule => current[rule.Id].Version == rule.Version))
            scans[rule.Id] = [.. TextScan.Comparisons(MacroExpander.Expand(rule.Search, new RuleMacros(rule, sources.KnowledgeOf(rule))).Text)];
        return scans;
    });

    [Theory]
    [InlineData("eventName", 100)]
    [InlineData("EventCode", 100)]
    [InlineData("process_name", 300)]
    public void All_values_of_a_field_are_counted_as_a_scan_of_the_texts_counts_them(string field, int atLeast)
    {
        var model = CorpusCatalog.Get();
        var expected = s_scans.Value.SelectMany(static pair => pair.Value.Where(static found => found.Kind != "exists").Select(found => (Rule: pair.Key, Found: found)))
            .Where(pair => pair.Found.Field == field).Select(pair => Line(pair.Rule, pair.Found)).ToHashSet();
        var actual = model.Rules.SelectMany(rule => Values(rule).Where(value => value.Indicator.Normalized == field).Select(value => Line(rule.Card.Id, FoundOf(value.Indicator, value.Value.Value)))).ToHashSet();
        Assert.Equal("", string.Join('\n', expected.Except(actual).Select(static line => "only in the texts: " + line).Concat(actual.Except(expected).Select(static line => "only in the catalogue: " + line)).Order(StringComparer.Ordinal)));
        Assert.True(actual.Count > atLeast, $"{actual.Count} values of {field}");
        Assert.All(model.Rules.SelectMany(rule => Values(rule).Where(value => value.Indicator.Normalized == field).Select(value => (Rule: rule, value.Indicator, value.Value))), AssertCount);
    }

    [Fact]
    public void Twenty_indicators_drawn_at_random_are_counted_as_a_scan_of_the_texts_counts_them()
    {
        // Words that are looked for in the whole event have no field that a scan could find them by.
        var all = CorpusCatalog.Get().Rules.SelectMany(rule => Values(rule).Select(value => (Rule: rule, value.Indicator, value.Value)))
            .Where(static use => use.Indicator.Normalized != "_raw" && !use.Value.Value.Contains('"')).ToArray();
        new Random(Seed).Shuffle(all);
        Assert.All(all.Take(20), AssertCount);
    }

    static void AssertCount((RuleEntry Rule, IndicatorEntry Indicator, IndicatorValue Value) use)
    {
        var wanted = FoundOf(use.Indicator, use.Value.Value);
        var others = s_scans.Value.Count(scan => scan.Key != use.Rule.Card.Id && scan.Value.Any(found => IsSame(found, wanted)));
        Assert.True(others == use.Value.Count, $"{use.Rule.Card.Name}: {Line("", wanted)} is counted {use.Value.Count} times, the texts have {others}");
        Assert.Equal(use.Value.Count, use.Value.Platforms.Sum(static platform => platform.Count));
    }

    static bool IsSame(TextScan.Found left, TextScan.Found right) =>
        left.Field == right.Field && left.Kind == right.Kind && left.Negated == right.Negated
        && string.Equals(left.Value, right.Value, left.CaseSensitive || right.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    static IEnumerable<(IndicatorEntry Indicator, IndicatorValue Value)> Values(RuleEntry rule) =>
        rule.Indicators.Where(static indicator => indicator.Address is not null).SelectMany(static indicator => indicator.Values.Where(static value => value.Address is not null).Select(value => (indicator, value)));

    static TextScan.Found FoundOf(IndicatorEntry indicator, string value) => new(indicator.Normalized, indicator.Kind.Name(), indicator.Negated, value, indicator.CaseSensitive);

    static string Line(string rule, TextScan.Found found) =>
        $"{rule} {(found.Negated ? "not " : "")}{found.Field} {found.Kind} {(found.CaseSensitive ? found.Value : found.Value.ToLowerInvariant())}";
}
