using Karst.Engine.Plans;
using Karst.Engine.Search;

namespace Karst.Engine.Passes;

/// <summary>
/// Takes filters apart at their ANDs and moves each before the rowwise stages whose results it does not read, so that as few rows as
/// possible reach them. Filters keep their order among themselves.
/// </summary>
public static class LiftFilters
{
    /// <summary>Applies the pass to a plan; its generating stage stays first.</summary>
    public static Plan Apply(Plan plan) => new([plan.Stages[0], .. Apply([.. plan.Stages.Skip(1)])]);

    /// <summary>Applies the pass to stages that all take rows.</summary>
    public static IReadOnlyList<Stage> Apply(IReadOnlyList<Stage> stages)
    {
        // Most of many rules filter first and then no more: nothing is taken apart for them.
        if (!stages.Skip(1).Where((stage, index) => stage.FilterReads is not null && stages[index].FilterReads is null).Any()) return stages;
        var lifted = new List<Stage>();
        foreach (var stage in stages.SelectMany(Split))
        {
            var at = lifted.Count;
            if (stage.FilterReads is { } reads)
                while (at > 0 && lifted[at - 1] is { FilterReads: null } before && before.LetsThrough(reads)) at--;
            lifted.Insert(at, stage);
        }
        return Merge(lifted);
    }

    static IEnumerable<Stage> Split(Stage stage) =>
        stage is FilterStage { Filter.Root: AndPredicate and }
            ? and.Terms.Select(term => (Stage)new FilterStage(PredicateBinder.Rebind([term])) { At = stage.At })
            : [stage];

    static List<Stage> Merge(List<Stage> stages)
    {
        var merged = new List<Stage>();
        foreach (var stage in stages)
        {
            if (stage is FilterStage next && merged is [.., FilterStage last] && next.At == last.At)
                merged[^1] = new FilterStage(PredicateBinder.Rebind([.. Terms(last), .. Terms(next)])) { At = last.At };
            else merged.Add(stage);
        }
        return merged;
    }

    static IReadOnlyList<Predicate> Terms(FilterStage stage) => stage.Filter.Root is AndPredicate and ? and.Terms : [stage.Filter.Root];
}
