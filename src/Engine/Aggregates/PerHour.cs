using Karst.Engine.Running;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the sum of a field's numbers per hour (Splunk search reference, time functions).</summary>
sealed class PerHour : Aggregate
{
    public override string Name => "per_hour";

    public override string Usage => "per_hour(field)";

    public override string Summary => "Gives the sum of a field's numbers per hour, in `timechart`.";

    public override bool IsNumeric => true;

    public override double PerSeconds => 3_600;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum);
}
