using Karst.Engine.Commands;
using Karst.Engine.Plans;

namespace Karst.Engine.Passes;

/// <summary>
/// Places an <see cref="OrderStage"/> where the order of events counts: before the first stage that depends on it, as late as rowwise stages
/// allow, or at the end when events themselves come out. Nothing is sorted where a stage makes an order of its own before that;
/// a `sort` that comes first takes the time as its last key.
/// </summary>
static class OrderEvents
{
    internal static Plan Apply(Plan plan)
    {
        if (plan.Stages[0] is not EventsStage { KeepsInputOrder: false }) return plan;
        var at = 1;
        // Behind a stage that changes or drops the time the order could no longer be told.
        while (at < plan.Stages.Count && plan.Stages[at] is { IsRowwise: true, NeedsOrder: false } stage && !stage.Writes.Contains("_time")) at++;
        var needed = true;
        for (var i = at; i < plan.Stages.Count; i++)
        {
            if (plan.Stages[i].NeedsOrder) break;
            if (!plan.Stages[i].MakesOrder) continue;
            needed = false;
            break;
        }
        if (!needed) return plan;
        // What sorts by itself does both at once.
        if (at < plan.Stages.Count && plan.Stages[at] is SortStage sort)
            return new Plan([.. plan.Stages.Take(at), sort with { Keys = [.. sort.Keys, OrderStage.NewestFirst] }, .. plan.Stages.Skip(at + 1)]);
        return new Plan([.. plan.Stages.Take(at), new OrderStage(), .. plan.Stages.Skip(at)]);
    }
}
