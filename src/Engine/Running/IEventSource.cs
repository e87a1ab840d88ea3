using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>Whether what a source does for a pushed prefix is the whole truth, or may let too much through and is checked again.</summary>
public enum PushExactness { Exact, Superset }

/// <summary>What a source takes over of a plan: words for people, the stages that are left, and why no more.</summary>
public sealed record Pushdown(IReadOnlyList<string> Pushed, Plan Residual, PushExactness Exactness, string Why);

/// <summary>One plan's wish to read events: its start, the stages directly behind it that a source runs for it (filters and calculations, see <see cref="Stage.SharedAs"/>), and where the rows go.</summary>
public sealed record ScanRequest(EventsStage Events, IReadOnlyList<Stage> Head, Operator Target, RunContext Run)
{
    /// <summary>Filters may be moved before field knowledge (the pass `lift-filters` is on).</summary>
    public bool MayLift { get; init; } = true;

    /// <summary>Literals that every match must hold may be looked for in the raw bytes first.</summary>
    public bool MayPrefilter { get; init; } = true;

    /// <summary>
    /// The rows that went into and came out of each stage of the head are added here. In a scan with other searches these are the rows that had to be looked at for this one.
    /// </summary>
    public long[] HeadRows { get; } = new long[Head.Count + 1];

    /// <summary>The time of each stage of the head, of all threads together.</summary>
    public TimeSpan[] HeadTimes { get; } = new TimeSpan[Head.Count];

    /// <summary>No more rows are wanted.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>Why the search cannot go on; others over the same events do.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>A failure is the search's own, not the machine's.</summary>
    internal static bool IsOwn(Exception failure) => failure is SearchFailedException or Spl.SplException;

    /// <summary>Pushes rows into the first operator of the request's chain. A failure there, in field knowledge or filters too, ends this request alone.</summary>
    internal void Push(Operator first, Batch batch)
    {
        try
        {
            IsDone = !first.Push(batch);
        }
        catch (Exception failure) when (IsOwn(failure))
        {
            Fail(failure);
        }
    }

    /// <summary>Ends this request.</summary>
    internal void Fail(Exception failure)
    {
        Failure = failure;
        IsDone = true;
    }
}

/// <summary>Where events come from: files today, a column store later. It says what it takes over of a plan, and serves several plans in one pass.</summary>
public interface IEventSource
{
    /// <summary>What the source would do of the plan's beginning.</summary>
    Pushdown TryPush(Plan plan);

    /// <summary>Reads once and serves all requests; pushes rows to each target, does not finish them.</summary>
    void Scan(IReadOnlyList<ScanRequest> requests, CancellationToken cancellation);
}
