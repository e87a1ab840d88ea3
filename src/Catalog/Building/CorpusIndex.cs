using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>What is counted: a normalised field, a kind of test, whether it must not hold, and a value.</summary>
readonly record struct CorpusKey(string Field, PredicateKind Kind, bool Negated, string Value);

/// <summary>
/// Which rules look for what. Two values are the same when they are written the same, or when both are compared without case and differ in nothing else; computed values are no values.
/// Rules are known by their place in the list that the index is made of.
/// </summary>
sealed class CorpusIndex
{
    readonly Dictionary<CorpusKey, SortedSet<int>> _exact = [];
    readonly Dictionary<CorpusKey, SortedSet<int>> _folded = [];

    public CorpusIndex(IReadOnlyList<IReadOnlyList<Indicator>> rules)
    {
        for (var rule = 0; rule < rules.Count; rule++)
            foreach (var indicator in rules[rule])
                foreach (var value in ValuesOf(indicator))
                {
                    var key = KeyOf(indicator, value);
                    Add(_exact, key, rule);
                    if (!indicator.CaseSensitive) Add(_folded, Fold(key), rule);
                }
    }

    /// <summary>The literal values of an indicator; a test without a value (`exists`) has an empty one.</summary>
    public static IReadOnlyList<string> ValuesOf(Indicator indicator) => indicator.HasComputedValues ? [] : indicator.Values.Count == 0 ? [""] : indicator.Values;

    /// <summary>The rules that look for the same, the asking one among them.</summary>
    public IReadOnlySet<int> Find(Indicator indicator, string value)
    {
        var key = KeyOf(indicator, value);
        var exact = _exact[key];
        if (indicator.CaseSensitive) return exact;
        var folded = _folded[Fold(key)];
        return exact.IsSubsetOf(folded) ? folded : new SortedSet<int>(folded.Concat(exact));
    }

    static CorpusKey KeyOf(Indicator indicator, string value) => new(FieldNames.Normalize(indicator.Field), indicator.Kind, indicator.Negated, value);

    static CorpusKey Fold(CorpusKey key) => key with { Value = key.Value.ToLowerInvariant() };

    static void Add(Dictionary<CorpusKey, SortedSet<int>> index, CorpusKey key, int rule)
    {
        if (!index.TryGetValue(key, out var rules)) index[key] = rules = [];
        rules.Add(rule);
    }
}
