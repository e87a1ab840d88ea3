using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>The pages of techniques, and the matrix.</summary>
static class TechniquePages
{
    public static List<TechniqueEntry> Techniques(IReadOnlyList<RuleEntry> rules, AttackTable attack)
    {
        var named = rules.SelectMany(static rule => rule.Attack.Select(row => (Rule: rule, Row: row))).GroupBy(static use => use.Row.Address, StringComparer.Ordinal).ToList();
        var addresses = named.ToDictionary(static group => group.First().Row.Id, static group => group.Key, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. named.Select(group => TechniqueOf(group.Key, group.First().Row, [.. group.Select(static use => use.Rule).DistinctBy(static rule => rule.Card.Address)], addresses, attack))
                .OrderBy(static entry => entry.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>All tactics with their active techniques.</summary>
    public static List<TacticEntry> Matrix(IReadOnlyList<RuleEntry> rules, IReadOnlyList<TechniqueEntry> techniques, AttackTable attack)
    {
        var byId = techniques.ToDictionary(static technique => technique.Id, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. attack.Tactics.Select(tactic =>
            {
                var all = attack.Under(tactic).ToLookup(static row => row.Id.Split('.')[0], StringComparer.Ordinal);
                return new TacticEntry(
                    tactic.Id, tactic.ShortName, tactic.Name, $"tactics/{tactic.ShortName}/",
                    rules.Count(rule => rule.Card.Tactics.Contains(tactic.Name)),
                    [.. all.Select(group => Cell(group.First(), [.. group.Skip(1).Select(sub => Cell(sub, [], byId))], byId))]);
            }),
        ];
    }

    static TechniqueEntry TechniqueOf(string address, AttackRow row, IReadOnlyList<RuleEntry> rules, Dictionary<string, string> addresses, AttackTable attack)
    {
        var dot = row.Id.IndexOf('.', StringComparison.Ordinal);
        var parent = dot > 0 ? row.Id[..dot] : null;
        return new TechniqueEntry(row.Id, row.Name, row.Status, address)
        {
            Tactics = [.. attack.Find(row.Id).Select(static found => found.Tactic).Where(static tactic => tactic.Length > 0)],
            Successor = row.Successor,
            Parent = parent is null ? null : new PageLink($"{parent} {attack.Find(parent)[0].Name}", addresses.GetValueOrDefault(parent)),
            SubTechniques =
            [
                .. addresses.Where(pair => pair.Key.StartsWith(row.Id + ".", StringComparison.OrdinalIgnoreCase)).OrderBy(static pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new PageLink($"{pair.Key} {attack.Find(pair.Key)[0].Name}", pair.Value)),
            ],
            Rules = [.. rules.Select(static rule => rule.Card)],
            Platforms = Counts.By(rules, static rule => rule.Card.Platform),
            Tests = Counts.Of(rules.SelectMany(static rule => rule.Tests.Select(_ => rule.Card.Platform))),
            Proven = rules.Count(static rule => rule.IsProven),
        };
    }

    static TacticCell Cell(AttackTechnique row, IReadOnlyList<TacticCell> subs, Dictionary<string, TechniqueEntry> byId)
    {
        var entry = byId.GetValueOrDefault(row.Id);
        // A rule that names a technique and its sub-technique is one rule.
        var all = subs.Select(sub => byId.GetValueOrDefault(sub.Id)).Append(entry).OfType<TechniqueEntry>().SelectMany(static technique => technique.Rules).Select(static card => card.Address).Distinct(StringComparer.Ordinal).Count();
        return new TacticCell(row.Id, row.Name, entry?.Rules.Count ?? 0, all, entry?.Proven ?? 0, subs) { Address = entry?.Address };
    }
}
