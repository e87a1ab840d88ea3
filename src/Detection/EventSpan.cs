using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;

namespace Karst.Detection;

/// <summary>In which minutes there are events. Years of minutes that all have one take some 4 MB each.</summary>
sealed class EventSpan
{
    const double Minute = 60;

    readonly List<long> _minutes;

    EventSpan(IEnumerable<long> minutes) => _minutes = [.. minutes.Order()];

    /// <summary>No event has a time.</summary>
    internal bool IsEmpty => _minutes.Count == 0;

    /// <summary>The start of the oldest event's minute in epoch seconds.</summary>
    internal double Start => _minutes[0] * Minute;

    /// <summary>The end of the newest event's minute in epoch seconds.</summary>
    internal double End => (_minutes[^1] + 1) * Minute;

    /// <summary>There may be events within the window; where not, there are none.</summary>
    internal bool MayHave(double earliest, double latest)
    {
        var at = _minutes.BinarySearch((long)Math.Floor(Math.Clamp(earliest, -1e15, 1e15) / Minute));
        if (at < 0) at = ~at;
        return at < _minutes.Count && _minutes[at] * Minute < latest;
    }

    /// <summary>Reads the times of all events of a window in a pass of its own.</summary>
    internal static EventSpan Read(IEventSource source, double earliest, double latest, CancellationToken cancellation)
    {
        var minutes = new HashSet<long>();
        var plan = new Plan([new EventsStage(FieldSet.Of("_time"))]);
        var sink = new Sink(batch =>
        {
            if (batch.Find("_time") is not { } times) return true;
            for (var row = 0; row < batch.Count; row++)
                if (times.Values[row].TryNumber(out var time) && Math.Abs(time) < 1e15) minutes.Add((long)Math.Floor(time / Minute));
            return true;
        });
        Runner.Run([new PlannedSearch(plan, new RunContext { Now = 0, Earliest = earliest, Latest = latest, Cancellation = cancellation }, sink)], source, cancellation);
        return new EventSpan(minutes);
    }
}
