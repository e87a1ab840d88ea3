using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>A stats function: tells everything about itself. One file each, and one line in <see cref="AggregateTable"/>.</summary>
public abstract class Aggregate
{
    /// <summary>The name in SPL, lower case: `dc`.</summary>
    public abstract string Name { get; }

    /// <summary>Other names: `distinct_count`.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>What it is called with.</summary>
    public abstract string Usage { get; }

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Works without a field, as `count` does.</summary>
    public virtual bool IsFieldOptional => false;

    /// <summary>The result depends on the order of the rows (first, last, list).</summary>
    public virtual bool NeedsOrder => false;

    /// <summary>The accumulator reads the row's `_time` (earliest, latest, rate).</summary>
    public virtual bool NeedsTime => false;

    /// <summary>Works on numbers only: with `allnum=true` it gives nothing once a value was none.</summary>
    public virtual bool IsNumeric => false;

    /// <summary>A number in the name: `perc95` finds the aggregate `perc` with 95; null for aggregates without one.</summary>
    public virtual bool TakesNumber => false;

    /// <summary>The result counts per so many seconds of a bucket of time, for `timechart` alone (per_hour: 3600); 0 for all others.</summary>
    public virtual double PerSeconds => 0;

    /// <summary>The state for one group. <paramref name="number"/> is the number in the name.</summary>
    public abstract Accumulator Open(double number, RunContext run);
}

/// <summary>The state of one aggregate over one group.</summary>
public abstract class Accumulator
{
    /// <summary>
    /// Takes one row's value: absent when the row lacks the field (most then do nothing), maybe several values (each counts).
    /// The value holds only during the call: detach what is kept. <paramref name="time"/> is `_time`, NaN when absent or not asked for.
    /// </summary>
    public abstract void Add(Value value, double time);

    /// <summary>The result so far; may be asked for more than once (streamstats).</summary>
    public abstract Value Result();

    /// <summary>About how many bytes are held.</summary>
    public virtual long Bytes => 64;
}
