using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Runs the subsearch of a command.</summary>
static class SubsearchRows
{
    /// <summary>At most so many rows, 0 is all; the run reports when there are more.</summary>
    internal static RowStore Run(Plan plan, int most, RunContext run) => run.CollectSubsearch(plan, most == 0 ? int.MaxValue : most);

    /// <summary>Gives at most so many rows, 0 is all, to a function; the run reports when there are more.</summary>
    internal static void Run(Plan plan, int most, RunContext run, Action<Batch> take) => run.RunSubsearch!(plan, most == 0 ? int.MaxValue : most, take);
}
