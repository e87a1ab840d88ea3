using Karst.Engine.Running;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the sum of a field's numbers per minute (Splunk search reference, time functions).</summary>
sealed class PerMinute : Aggregate
{
    public override string Name => "per_minute";

    public override string Usage => "per_minute(field)";

    public override string Summary => "Gives the sum of a field's numbers per minute, in `timechart`.";

    public override bool IsNumeric => true;

    public override double PerSeconds => 60;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum);
}
