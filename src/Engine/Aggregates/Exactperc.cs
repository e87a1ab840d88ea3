using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the number that so many percent of a field do not exceed, by nearest rank.</summary>
sealed class Exactperc : Aggregate
{
    public override string Name => "exactperc";

    public override string Usage => "exactperc<percent>(field)";

    public override string Summary => "Gives the number that so many percent of a field do not exceed, by nearest rank.";

    public override bool IsNumeric => true;

    public override bool TakesNumber => true;

    public override Accumulator Open(double number, RunContext run) => new Ranking(sorted => Ranking.Nearest(sorted, number));
}
