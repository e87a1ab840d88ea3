using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the mean of the numbers of a field.</summary>
sealed class Avg : Aggregate
{
    public override string Name => "avg";

    public override IReadOnlyList<string> Aliases => ["mean"];

    public override string Usage => "avg(field)";

    public override string Summary => "Gives the mean of the numbers of a field.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Moments(static moments => moments.Sum / moments.Count);
}
