using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the number that so many percent of a field do not exceed, by nearest rank.</summary>
sealed class Perc : Aggregate
{
    public override string Name => "perc";

    public override IReadOnlyList<string> Aliases => ["p"];

    public override string Usage => "perc<percent>(field)";

    public override string Summary => "Gives the number that so many percent of a field do not exceed, by nearest rank.";

    public override bool IsNumeric => true;

    public override bool TakesNumber => true;

    public override Accumulator Open(double number, RunContext run) => new Ranking(sorted => Ranking.Nearest(sorted, number));
}
