using Karst.Engine.Commands;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Plans;
using Karst.Engine.Search;

namespace Karst.Engine.Passes;

/// <summary>
/// Tells `stats` of filters behind it that read nothing but its BY fields, and of an inner join on these. Rules over data models group all processes by their
/// command lines, and ask afterwards for a few of them, or for those that did something else.
/// </summary>
static class FilterGroups
{
    internal static Plan Apply(Plan plan)
    {
        if (!plan.Stages.Any(static stage => stage is StatsStage)) return plan;
        var stages = plan.Stages.ToArray();
        for (var i = 0; i < stages.Length; i++)
            if (stages[i] is StatsStage { By.Count: > 0 } stats && Behind(stages, i, stats) is { } later) stages[i] = stats with { Later = later };
        return new Plan(stages);
    }

    static LaterFilter? Behind(Stage[] stages, int at, StatsStage stats)
    {
        var chains = new List<IReadOnlyList<Stage>>();
        var reads = new HashSet<string>(StringComparer.Ordinal);
        var i = at + 1;
        for (; i < stages.Length && stages[i] is { IsRowwise: true, HasEffects: false }; i++)
        {
            if (stages[i].FilterReads is null || Repeatable(stages[i], part => ChainTo(stages, at, i, part, stats, []) is not null) is not { } filter) continue;
            if (ChainTo(stages, at, i, filter, stats, reads) is { } chain) chains.Add(chain);
        }
        if (i < stages.Length && stages[i] is JoinStage { KeepsUnmatched: false, Fields.Count: > 0 } join
            && ChainTo(stages, at, i, new JoinKeysStage(join.Fields, join.Subsearch), stats, reads) is { } toJoin) chains.Add(toJoin);
        return chains.Count == 0 ? null : new LaterFilter(chains, [.. reads.Order(StringComparer.Ordinal)]);
    }

    // The filter as far as it can be asked twice; of a search, those of its terms that can be asked early.
    static Stage? Repeatable(Stage stage, Func<Stage, bool> canBeEarly)
    {
        if (stage is WhereStage where) return where.Condition.IsRepeatable ? where : null;
        if (stage is not FilterStage { Filter.Root: AndPredicate and } filter) return stage is FilterStage { IsShareable: false } ? null : stage;
        Predicate[] early = [.. and.Terms.Where(term => new FilterStage(PredicateBinder.Rebind([term])) is { IsShareable: true } part && canBeEarly(part))];
        return early.Length == 0 ? null : new FilterStage(PredicateBinder.Rebind(early)) { At = filter.At };
    }

    // The filter and what makes its fields out of BY fields; null where it reads others.
    static List<Stage>? ChainTo(Stage[] stages, int at, int filterAt, Stage filter, StatsStage stats, HashSet<string> reads)
    {
        var chain = new List<Stage> { filter };
        var needed = filter.FilterReads!;
        for (var i = filterAt - 1; i > at; i--)
        {
            if (stages[i].FilterReads is not null || !stages[i].Writes.Overlaps(needed)) continue;
            if (stages[i] is not (RenameStage or RexStage or LookupStage or EvalStage { IsShareable: true })) return null;
            chain.Insert(0, stages[i]);
            needed = stages[i].Needs(needed);
        }
        if (needed.IsOpen || FieldSet.Of(stats.Aggregations.Select(aggregation => aggregation.Name)).Overlaps(needed)) return null;
        var own = stats.By.Where(needed.Contains).ToList();
        if (own.Count == 0) return null;
        reads.UnionWith(own);
        return chain;
    }
}
