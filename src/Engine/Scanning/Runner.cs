using Karst.Engine.Running;
using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>One plan to run: what it is, its run's settings, and who takes the rows.</summary>
public sealed record PlannedSearch(Plan Plan, RunContext Run, Operator Target)
{
    /// <summary>See <see cref="ScanRequest.MayLift"/>.</summary>
    public bool MayLift { get; init; } = true;

    /// <summary>See <see cref="ScanRequest.MayPrefilter"/>.</summary>
    public bool MayPrefilter { get; init; } = true;
}

/// <summary>What came of one plan: rows in and out of each stage, and why it ended early, if it did.</summary>
public sealed record SearchResult(IReadOnlyList<StageStatistics> Stages, Exception? Failure);

/// <summary>Runs plans over a source: all that read events share one pass over it. A plan that fails does not stop the others.</summary>
public static class Runner
{
    /// <summary>Runs one plan over a source and gives at most so many rows to a function: what a subsearch needs.</summary>
    public static void RunSubsearch(Plan plan, RunContext run, IEventSource source, int most, Action<Batch> take)
    {
        var sink = AtMost(most, run, take);
        var result = Run([new PlannedSearch(plan, run, sink)], source, run.Cancellation)[0];
        if (result.Failure is not null) throw new SearchFailedException(result.Failure.Message);
    }

    /// <summary>Takes at most so many rows of a subsearch; the run reports when there are more.</summary>
    internal static Sink AtMost(int most, RunContext run, Action<Batch> take)
    {
        var count = 0;
        return new Sink(batch =>
        {
            var wanted = Math.Min(batch.Count, most - count);
            count += wanted;
            if (wanted == batch.Count)
            {
                take(batch);
                return true;
            }
            if (wanted > 0) take(batch.Select(Enumerable.Range(0, wanted).ToArray()));
            // Only a row too many tells that something is left out.
            run.Messages.Add("subsearch-limit", $"a subsearch gave more than {most} rows; the rest was left out");
            return false;
        });
    }

    /// <summary>Runs plans side by side and finishes their targets; cancelled ones finish with what they have.</summary>
    public static IReadOnlyList<SearchResult> Run(IReadOnlyList<PlannedSearch> searches, IEventSource source, CancellationToken cancellation)
    {
        var subsearches = new SharedSubsearches(source, searches);
        var pool = searches.Count > 1 ? new MemoryPool() : null;
        foreach (var run in searches.Select(search => search.Run))
        {
            run.RunSubsearch ??= (plan, most, take) => subsearches.Run(plan, run, most, take);
            run.Pool ??= pool;
            run.PeekSubsearch ??= plan => subsearches.Peek(plan, run);
        }
        var open = searches.Select(search => new OpenSearch(search)).ToArray();
        var scans = open.Where(search => search.Request is not null).ToArray();
        if (scans.Length > 0)
        {
            try
            {
                source.Scan([.. scans.Select(search => search.Request!)], cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // What was read so far is given out.
            }
        }
        foreach (var search in open) search.Finish();
        return [.. open.Select(search => search.Result)];
    }

    /// <summary>A plan in a run. Its own failures are caught, so that a shared scan goes on without it.</summary>
    sealed class OpenSearch
    {
        readonly PlannedSearch _search;
        readonly StageChain? _chain;
        readonly IReadOnlyList<Stage> _head = [];
        Exception? _failure;

        internal OpenSearch(PlannedSearch search)
        {
            _search = search;
            var stages = search.Plan.Stages;
            try
            {
                if (stages[0] is not EventsStage events)
                {
                    _chain = new StageChain(stages, search.Run, search.Target);
                    return;
                }
                _head = [.. stages.Skip(1).Select(stage => stage is FilterStage filter ? Subsearches.Resolve(filter, search.Run) : stage).TakeWhile(stage => stage.IsShareable)];
                _chain = new StageChain([.. stages.Skip(1 + _head.Count)], search.Run, search.Target);
                Request = new ScanRequest(events, _head, _chain.First, search.Run) { MayLift = search.MayLift, MayPrefilter = search.MayPrefilter };
            }
            catch (Exception failure) when (ScanRequest.IsOwn(failure))
            {
                _failure = failure;
            }
        }

        internal ScanRequest? Request { get; }

        internal SearchResult Result => new(
            [
                .. _head.Select((stage, index) => new StageStatistics(stage, Request!.HeadRows[index], Request.HeadRows[index + 1], Request.HeadTimes[index])),
                .. _chain?.Statistics() ?? [],
            ],
            Failure);

        Exception? Failure => _failure ?? Request?.Failure;

        internal void Finish()
        {
            if (Failure is not null || _chain is null) return;
            _search.Run.IsFinishing = true;
            try
            {
                _chain.First.Finish();
            }
            catch (Exception failure) when (ScanRequest.IsOwn(failure))
            {
                _failure = failure;
            }
        }
    }
}
