using System.Diagnostics;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>What one stage did in a run: rows in and out, and its own time.</summary>
public sealed record StageStatistics(Stage Stage, long RowsIn, long RowsOut, TimeSpan Time)
{
    /// <summary>The command that the stage came of.</summary>
    public string Command => Stage.Command;

    /// <summary>The stage as text, made when it is asked for: a hunt with many rules does not.</summary>
    public string Description => Stage.Describe();
}

/// <summary>Stands before a stage's operator and counts what goes in; the time of the operator includes that of the ones behind it.</summary>
sealed class StageCounter(Operator inner) : Operator
{
    internal long Rows { get; private set; }

    internal long Ticks { get; private set; }

    public override bool Push(Batch batch)
    {
        Rows += batch.Count;
        var start = Stopwatch.GetTimestamp();
        var more = inner.Push(batch);
        Ticks += Stopwatch.GetTimestamp() - start;
        return more;
    }

    public override void Finish()
    {
        var start = Stopwatch.GetTimestamp();
        inner.Finish();
        Ticks += Stopwatch.GetTimestamp() - start;
    }
}

/// <summary>The operators of consecutive stages in one run, joined and counted.</summary>
sealed class StageChain
{
    readonly IReadOnlyList<Stage> _stages;
    readonly StageCounter[] _counters;

    internal StageChain(IReadOnlyList<Stage> stages, RunContext run, Operator end)
    {
        _stages = stages;
        _counters = new StageCounter[stages.Count + 1];
        _counters[^1] = new StageCounter(end);
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            var operation = stages[i].Open(run);
            operation.Next = _counters[i + 1];
            _counters[i] = new StageCounter(operation);
        }
    }

    /// <summary>Where rows go in.</summary>
    internal Operator First => _counters[0];

    /// <summary>A line a stage, in order.</summary>
    internal IEnumerable<StageStatistics> Statistics()
    {
        for (var i = 0; i < _stages.Count; i++)
            yield return new StageStatistics(
                _stages[i],
                _counters[i].Rows,
                _counters[i + 1].Rows,
                TimeSpan.FromTicks((_counters[i].Ticks - _counters[i + 1].Ticks) * TimeSpan.TicksPerSecond / Stopwatch.Frequency));
    }
}
