using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>Events are compared without case: rules that write one in several ways watch the same, which is shown in the spelling that is first in ordinal order.</summary>
static class EventSpelling
{
    public static AnalyzedRule[] Unify(IReadOnlyList<AnalyzedRule> rules)
    {
        var spellings = new Dictionary<string, CoveredEvent>(StringComparer.OrdinalIgnoreCase);
        foreach (var covered in rules.SelectMany(static rule => rule.Events))
        {
            var key = $"{covered.Provider}\n{covered.Event}";
            if (!spellings.TryGetValue(key, out var known) || string.CompareOrdinal(key, $"{known.Provider}\n{known.Event}") < 0) spellings[key] = covered;
        }
        return
        [
            .. rules.Select(rule => rule with
            {
                Events =
                [
                    .. rule.Events.Select(covered => spellings[$"{covered.Provider}\n{covered.Event}"] is var first ? covered with { Provider = first.Provider, Event = first.Event } : covered)
                        .DistinctBy(static covered => (covered.Provider, covered.Event)),
                ],
            }),
        ];
    }
}
