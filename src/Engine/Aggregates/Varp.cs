using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the variance of a whole population.</summary>
sealed class Varp : Aggregate
{
    public override string Name => "varp";

    public override string Usage => "varp(field)";

    public override string Summary => "Gives the variance of a whole population.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Spread / moments.Count);
}
