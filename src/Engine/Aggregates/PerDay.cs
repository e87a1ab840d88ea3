using Karst.Engine.Running;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the sum of a field's numbers per day (Splunk search reference, time functions).</summary>
sealed class PerDay : Aggregate
{
    public override string Name => "per_day";

    public override string Usage => "per_day(field)";

    public override string Summary => "Gives the sum of a field's numbers per day, in `timechart`.";

    public override bool IsNumeric => true;

    public override double PerSeconds => 86_400;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum);
}
