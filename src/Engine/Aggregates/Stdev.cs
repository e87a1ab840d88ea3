using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the standard deviation of a sample.</summary>
sealed class Stdev : Aggregate
{
    public override string Name => "stdev";

    public override string Usage => "stdev(field)";

    public override string Summary => "Gives the standard deviation of a sample.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Count < 2 ? 0 : Math.Sqrt(moments.Spread / (moments.Count - 1)));
}
