using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Adds up the squares of the numbers of a field.</summary>
sealed class Sumsq : Aggregate
{
    public override string Name => "sumsq";

    public override string Usage => "sumsq(field)";

    public override string Summary => "Adds up the squares of the numbers of a field.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.SumOfSquares);
}
