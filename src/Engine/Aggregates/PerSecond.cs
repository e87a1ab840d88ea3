using Karst.Engine.Running;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the sum of a field's numbers per second (Splunk search reference, time functions).</summary>
sealed class PerSecond : Aggregate
{
    public override string Name => "per_second";

    public override string Usage => "per_second(field)";

    public override string Summary => "Gives the sum of a field's numbers per second, in `timechart`.";

    public override bool IsNumeric => true;

    public override double PerSeconds => 1;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum);
}
