using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the middle number of a field; of two middle ones the higher.</summary>
sealed class Median : Aggregate
{
    public override string Name => "median";

    public override string Usage => "median(field)";

    public override string Summary => "Gives the middle number of a field; of two middle ones the higher.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Ranking(static sorted => sorted[sorted.Length / 2]);
}
