using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the variance of a sample.</summary>
sealed class Var : Aggregate
{
    public override string Name => "var";

    public override string Usage => "var(field)";

    public override string Summary => "Gives the variance of a sample.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Count < 2 ? 0 : moments.Spread / (moments.Count - 1));
}
