using Karst.Engine.Knowledge.Apps;
using Karst.Rules.Analysis;

namespace Karst.Detection;

/// <summary>What makes an entity worth a line: so much risk, or so many techniques, within a window of so many seconds. What is null does not count; without both each entity has its line.</summary>
public sealed record RiskLimits(double Window, double? Score, int? Techniques)
{
    /// <summary>All entities, over all time.</summary>
    public static RiskLimits None { get; } = new(double.PositiveInfinity, null, null);
}

/// <summary>
/// An entity's risk within its worst window: the sum of the scores, the number of findings, rules by what they add (the most first), techniques, tactics, and from when to when (epoch seconds).
/// </summary>
public sealed record EntityRisk(string Type, string Value, double Score, int Findings, IReadOnlyList<(string Rule, double Score, int Findings)> Rules, IReadOnlyList<string> Techniques, IReadOnlyList<string> Tactics, double First, double Last)
{
    static readonly Lazy<AttackTable> s_attack = new(() => AttackTable.ReadFolder(ShippedContent.Folder));

    /// <summary>
    /// The entities of findings that reach a limit, the worst first. Of an entity's windows the one with the most risk is told, or where only the techniques reach their limit that with the most
    /// techniques; of equal ones the one that has more of the other, then the earliest. Entities are told apart by type and value, with case.
    /// </summary>
    public static IReadOnlyList<EntityRisk> Of(IEnumerable<Finding> findings, RiskLimits limits)
    {
        var entities = findings.Where(static finding => finding.HasRisk).GroupBy(static finding => (finding.Entity!.Type, finding.Entity.Value!));
        return
        [
            .. entities.Select(entity => Worst(entity.Key, [.. entity.OrderBy(static finding => finding.First)], limits)).OfType<EntityRisk>()
                .OrderByDescending(static risk => risk.Score).ThenBy(static risk => risk.Type, StringComparer.Ordinal).ThenBy(static risk => risk.Value, StringComparer.Ordinal),
        ];
    }

    static EntityRisk? Worst((string Type, string Value) entity, List<Finding> findings, RiskLimits limits)
    {
        var (mostScore, mostTechniques) = (new Best(), new Best());
        var techniques = new Dictionary<string, int>(StringComparer.Ordinal);
        var score = 0.0;
        var start = 0;
        for (var end = 0; end < findings.Count; end++)
        {
            score += findings[end].Score;
            foreach (var id in findings[end].Rule.AttackIds) techniques[id] = techniques.GetValueOrDefault(id) + 1;
            // A window is as long as the limit says: what lies exactly that far apart is in two of them.
            for (; findings[end].First - findings[start].First >= limits.Window; start++)
            {
                score -= findings[start].Score;
                foreach (var id in findings[start].Rule.AttackIds)
                    if (--techniques[id] == 0) techniques.Remove(id);
            }
            mostScore.Offer(score, techniques.Count, start, end);
            mostTechniques.Offer(techniques.Count, score, start, end);
        }
        var hasScore = limits.Score is { } least && mostScore.Value >= least;
        var hasTechniques = limits.Techniques is { } count && mostTechniques.Value >= count;
        if (!hasScore && !hasTechniques && (limits.Score ?? limits.Techniques) is not null) return null;
        var best = hasTechniques && !hasScore ? mostTechniques : mostScore;
        return Of(entity, findings[best.Start..(best.End + 1)]);
    }

    static EntityRisk Of((string Type, string Value) entity, List<Finding> findings)
    {
        var techniques = findings.SelectMany(static finding => finding.Rule.AttackIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new EntityRisk(
            entity.Type,
            entity.Value,
            findings.Sum(static finding => finding.Score),
            findings.Count,
            [
                .. findings.GroupBy(static finding => finding.Rule.Name).Select(static rule => (rule.Key, rule.Sum(static finding => finding.Score), rule.Count()))
                    .OrderByDescending(static rule => rule.Item2).ThenBy(static rule => rule.Key, StringComparer.Ordinal),
            ],
            techniques,
            [.. s_attack.Value.TacticsOf(techniques).Select(static tactic => tactic.ShortName)],
            findings[0].First,
            findings.Max(static finding => finding.Last));
    }

    struct Best()
    {
        internal double Value = double.NegativeInfinity;
        double _second;
        internal int Start;
        internal int End;

        // Sums that go up and down may differ in their last digits.
        internal void Offer(double value, double second, int start, int end)
        {
            if (value > Value + 1e-9 || (value > Value - 1e-9 && second > _second + 1e-9)) (Value, _second, Start, End) = (value, second, start, end);
        }
    }
}
