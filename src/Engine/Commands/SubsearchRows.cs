using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Runs the subsearch of a command, and says so when its rows are cut off by a limit that the search did not set itself.</summary>
static class SubsearchRows
{
    /// <summary>At most so many rows; 0 is all.</summary>
    internal static RowStore Run(Plan plan, int most, string command, bool reports, RunContext run)
    {
        // One row more than wanted tells a full result from one that is cut off.
        var rows = run.RunSubsearch(plan, most == 0 || most == int.MaxValue ? int.MaxValue : most + 1);
        if (most == 0 || rows.Count <= most) return rows;
        if (reports) run.Messages.Add($"{command}-limit", $"the subsearch of `{command}` gives more than {most} rows; the rest is not used");
        var kept = new RowStore();
        foreach (var batch in rows.ToBatches([.. Enumerable.Range(0, most)], run.BatchSize)) kept.Add(batch);
        return kept;
    }
}
