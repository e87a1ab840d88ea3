using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Adds up the numbers of a field.</summary>
sealed class Sum : Aggregate
{
    public override string Name => "sum";

    public override string Usage => "sum(field)";

    public override string Summary => "Adds up the numbers of a field.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum);
}
