using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// The subsearches of searches that run side by side. The first that is asked for takes the others along, so that the events are read once for all of them; what comes of
/// one is given to the search when it asks. Those whose rows would need too much memory are run by themselves when they are asked for.
/// </summary>
sealed class SharedSubsearches
{
    // All rows that are kept together may take this part of the memory that a search may have.
    const int MemoryShare = 4;

    readonly IEventSource _source;
    readonly Dictionary<Plan, Kept> _waiting = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Plan, Kept> _done = new(ReferenceEqualityComparer.Instance);
    long _bytes;

    internal SharedSubsearches(IEventSource source, IEnumerable<PlannedSearch> searches)
    {
        _source = source;
        foreach (var search in searches)
            foreach (var plan in search.Plan.Stages.SelectMany(static stage => stage.SideSearches))
                if (plan.Stages[0] is EventsStage && plan.Stages.All(static stage => !stage.HasEffects && stage.SideSearches.Count == 0)) _waiting[plan] = new Kept(search);
    }

    /// <summary>Gives at most so many rows of a subsearch to a function.</summary>
    internal void Run(Plan plan, RunContext run, int most, Action<Batch> take)
    {
        if (_waiting.Count > 1 && _waiting.ContainsKey(plan)) RunAll(run);
        _waiting.Remove(plan);
        if (!_done.Remove(plan, out var kept) || kept.Rows is null)
        {
            Runner.RunSubsearch(plan, run, _source, most, take);
            return;
        }
        _bytes -= kept.Rows.Bytes;
        foreach (var (code, text, count) in kept.Run.Messages.All)
            for (var i = 0L; i < count; i++) run.Messages.Add(code, text);
        if (kept.Failure is not null) throw new SearchFailedException(kept.Failure.Message);
        var sink = Runner.AtMost(most, run, take);
        foreach (var batch in kept.Rows.ToBatches(run.BatchSize))
            if (!sink.Push(batch)) return;
    }

    /// <summary>The rows of a subsearch, which are kept for who asks for them; null where they are not.</summary>
    internal RowStore? Peek(Plan plan, RunContext run)
    {
        if (_waiting.ContainsKey(plan)) RunAll(run);
        return _done.TryGetValue(plan, out var kept) && kept.Failure is null ? kept.Rows : null;
    }

    void RunAll(RunContext asking)
    {
        Plan[] plans = [.. _waiting.Keys];
        var searches = new List<PlannedSearch>();
        foreach (var plan in plans)
        {
            var kept = _waiting[plan];
            searches.Add(new PlannedSearch(plan, kept.Run, new Sink(batch => Keep(kept, batch))) { MayLift = kept.Search.MayLift, MayPrefilter = kept.Search.MayPrefilter });
            _done[plan] = kept;
        }
        _waiting.Clear();
        var results = Runner.Run(searches, _source, asking.Cancellation);
        for (var i = 0; i < plans.Length; i++) _done[plans[i]].Failure = results[i].Failure;
    }

    bool Keep(Kept kept, Batch batch)
    {
        if (kept.Rows is not { } rows) return false;
        var before = rows.Bytes;
        rows.Add(batch);
        _bytes += rows.Bytes - before;
        if (_bytes <= kept.Run.Limits.MemoryBytes / MemoryShare) return true;
        _bytes -= rows.Bytes;
        kept.Rows = null;
        return false;
    }

    sealed class Kept(PlannedSearch search)
    {
        internal PlannedSearch Search { get; } = search;

        /// <summary>As the run that asks, but for the messages, which belong to who uses the rows.</summary>
        internal RunContext Run { get; } = search.Run.Beside();

        internal RowStore? Rows { get; set; } = new();

        internal Exception? Failure { get; set; }
    }
}
