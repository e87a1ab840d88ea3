using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Detection;

/// <summary>The logs of a hunt together with the risk events that it made, so that drill-downs see both.</summary>
public sealed class RiskSource(IEventSource logs, IReadOnlyList<ResultRow> risk) : IEventSource
{
    /// <inheritdoc/>
    public Pushdown TryPush(Plan plan) => logs.TryPush(plan);

    /// <inheritdoc/>
    public void Scan(IReadOnlyList<ScanRequest> requests, CancellationToken cancellation)
    {
        new RowsSource(Batches).Scan(requests, cancellation);
        logs.Scan(requests, cancellation);
    }

    IEnumerable<Batch> Batches()
    {
        var rows = new RowBuilder();
        foreach (var row in risk)
        {
            foreach (var (name, value) in row.Fields) rows.Set(name, value);
            rows.Next();
        }
        if (rows.Count > 0) yield return rows.Take();
    }
}
