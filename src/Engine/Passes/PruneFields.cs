using Karst.Engine.Plans;

namespace Karst.Engine.Passes;

/// <summary>Walks the plan backwards from its result and tells the source which fields are read.</summary>
static class PruneFields
{
    internal static Plan Apply(Plan plan)
    {
        if (plan.Stages[0] is not EventsStage events) return plan;
        return new Plan([events with { Wanted = NeededBehind(plan, 0) }, .. plan.Stages.Skip(1)]);
    }

    /// <summary>The fields that must be there right behind the stage at <paramref name="index"/>.</summary>
    internal static FieldSet NeededBehind(Plan plan, int index)
    {
        var needed = FieldSet.All;
        for (var i = plan.Stages.Count - 1; i > index; i--) needed = plan.Stages[i].Needs(needed);
        return needed;
    }
}
