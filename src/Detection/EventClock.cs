using Karst.Engine.Plans;
using Karst.Engine.Running;

namespace Karst.Detection;

/// <summary>The moment just after the newest event, which stands in for the clock where nobody gave one.</summary>
static class EventClock
{
    /// <summary>Reads the times of all events; the epoch's start when no event has one.</summary>
    public static double Newest(IEventSource source, CancellationToken cancellation)
    {
        var newest = double.NegativeInfinity;
        var sink = new Sink(batch =>
        {
            if (batch.Find("_time") is not { } times) return true;
            for (var row = 0; row < batch.Count; row++)
                if (times.Values[row].TryNumber(out var time) && time > newest) newest = time;
            return true;
        });
        var plan = new Plan([new EventsStage(FieldSet.Of("_time"))]);
        Runner.Run([new PlannedSearch(plan, new RunContext { Now = 0, Cancellation = cancellation }, sink)], source, cancellation);
        return double.IsFinite(newest) ? Math.Floor(newest) + 1 : 0;
    }
}
