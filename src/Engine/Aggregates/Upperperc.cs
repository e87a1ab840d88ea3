using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives an upper bound of a percentile; here it is the percentile itself.</summary>
sealed class Upperperc : Aggregate
{
    public override string Name => "upperperc";

    public override string Usage => "upperperc<percent>(field)";

    public override string Summary => "Gives an upper bound of a percentile; here it is the percentile itself.";

    public override bool IsNumeric => true;

    public override bool TakesNumber => true;

    public override Accumulator Open(double number, RunContext run) => new Ranking(sorted => Ranking.Nearest(sorted, number));
}
