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
        var (from, to) = (From(request), To(request));
        if (times is not null && AllIn(times.Values.AsSpan(0, batch.Count), from, to)) return batch;
        var rows = new List<int>();
        for (var row = 0; row < batch.Count; row++)
            if (times is not null && IsIn(times.Values[row], from, to)) rows.Add(row);
        return batch.Select(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }

    // Mostly the range holds all that there is.
    static bool AllIn(ReadOnlySpan<Value> times, double from, double to)
    {
        foreach (var value in times)
            if (!IsIn(value, from, to)) return false;
        return true;
    }

    static bool IsIn(Value value, double from, double to) => value.TryNumber(out var time) && time >= from && time < to;
}
