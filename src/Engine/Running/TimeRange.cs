using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>Keeps the rows within a request's time range; `latest` is exclusive. Rows without `_time` are kept only for all time.</summary>
static class TimeRange
{
    internal static bool IsBounded(ScanRequest request) => From(request) > 0 || To(request) < double.PositiveInfinity;

    internal static double From(ScanRequest request) => request.Events.Earliest ?? request.Run.Earliest;

    internal static double To(ScanRequest request) => request.Events.Latest ?? request.Run.Latest;

    internal static Batch Apply(Batch batch, ScanRequest request)
    {
        if (!IsBounded(request)) return batch;
        var times = batch.Find("_time");
        var rows = new List<int>();
        for (var row = 0; row < batch.Count; row++)
            if (times is not null && times.Values[row].TryNumber(out var time) && time >= From(request) && time < To(request)) rows.Add(row);
        return rows.Count == batch.Count ? batch : batch.Select(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }
}
