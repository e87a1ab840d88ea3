using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the standard deviation of a whole population.</summary>
sealed class Stdevp : Aggregate
{
    public override string Name => "stdevp";

    public override string Usage => "stdevp(field)";

    public override string Summary => "Gives the standard deviation of a whole population.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => Math.Sqrt(moments.Spread / moments.Count));
}
