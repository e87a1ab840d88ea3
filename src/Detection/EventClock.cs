using System.Text.RegularExpressions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;

namespace Karst.Detection;

/// <summary>The moment just after the newest event, which stands in for the clock where nobody gave one. Runs beside other searches, or on its own.</summary>
public sealed partial class EventClock
{
    double _newest = double.NegativeInfinity;

    /// <summary>What reads the times of all events.</summary>
    public Plan Plan { get; } = new([new EventsStage(FieldSet.Of("_time"))]);

    /// <summary>Takes the plan's rows.</summary>
    public Operator Sink => new Sink(batch =>
    {
        if (batch.Find("_time") is not { } times) return true;
        for (var row = 0; row < batch.Count; row++)
            if (times.Values[row].TryNumber(out var time) && time > _newest) _newest = time;
        return true;
    });

    /// <summary>The moment just after the newest event so far; the epoch's start when no event has a time.</summary>
    public double After => double.IsFinite(_newest) ? Math.Floor(_newest) + 1 : 0;

    /// <summary>
    /// The expanded search may look at the clock, so that the newest event must be known before it runs. Functions and aggregates of like names (`ctime(`, `latest(x)`) do not.
    /// </summary>
    public static bool MayBeRead(string search) => ClockWords().IsMatch(search);

    // now() and time(); time modifiers and older words for them; commands whose rows or fields have the time of the search; strptime and reltime, which fill in what a text lacks; saved searches, whose text stands elsewhere.
    [GeneratedRegex(
        @"\b(?:now|time)\s*\(|\bnow\b(?!\s*=)|\b(?:_index_)?(?:earliest|latest)\s*=|\b(?:start|end)time(?:u)?\s*=|\baligntime\s*=|(?:minutes|hours|days|months)ago\b|\bsearchtimespan|\b(?:addinfo|makeresults|gentimes|timewrap|reltime|strptime|collect|savedsearch)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClockWords();

    /// <summary>Reads the times of all events in a pass of its own.</summary>
    public static double Newest(IEventSource source, CancellationToken cancellation)
    {
        var clock = new EventClock();
        Runner.Run([new PlannedSearch(clock.Plan, new RunContext { Now = 0, Cancellation = cancellation }, clock.Sink)], source, cancellation);
        return clock.After;
    }
}
