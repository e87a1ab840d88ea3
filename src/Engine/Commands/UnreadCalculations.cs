using Karst.Engine.Plans;

namespace Karst.Engine.Commands;

/// <summary>Takes the calculations of a dataset away whose results nothing behind them reads: a model has dozens, a search reads a few.</summary>
static class UnreadCalculations
{
    internal static IReadOnlyList<Stage> Drop(List<Stage> stages)
    {
        var needed = FieldSet.All;
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            if (stages[i] is EvalStage { Writes.IsOpen: false } eval && !eval.Writes.Overlaps(needed)) stages.RemoveAt(i);
            else needed = stages[i].Needs(needed);
        }
        return stages;
    }
}
