using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>Rows that are there already (`--rows`, spec cases): no field knowledge is applied and their order is kept.</summary>
public sealed class RowsSource(Func<IEnumerable<Batch>> read) : IEventSource
{
    /// <inheritdoc/>
    public Pushdown TryPush(Plan plan) => new([], plan, PushExactness.Exact, "rows are read as they are");

    /// <inheritdoc/>
    public void Scan(IReadOnlyList<ScanRequest> requests, CancellationToken cancellation)
    {
        var chains = requests.Select(request => new StageChain(request.Head, request.Run, request.Target)).ToArray();
        foreach (var batch in read())
        {
            cancellation.ThrowIfCancellationRequested();
            var open = false;
            for (var i = 0; i < chains.Length; i++)
            {
                if (requests[i].IsDone) continue;
                requests[i].Push(chains[i].First, TimeRange.Apply(batch, requests[i]));
                open |= !requests[i].IsDone;
            }
            if (!open) break;
        }
        for (var i = 0; i < chains.Length; i++) HeadCounts.Add(requests[i], chains[i].Statistics(), 0);
    }
}

/// <summary>Adds what a source's chain saw to the request's counts: rows into each stage of its head, and out of the last, and their times.</summary>
static class HeadCounts
{
    internal static void Add(ScanRequest request, IEnumerable<StageStatistics> statistics, int first)
    {
        var index = first;
        foreach (var stage in statistics)
        {
            request.HeadRows[index] += stage.RowsIn;
            request.HeadTimes[index] += stage.Time;
            if (++index == request.Head.Count) request.HeadRows[index] += stage.RowsOut;
        }
    }
}
