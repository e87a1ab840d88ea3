using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Counts the distinct values of a field, as text.</summary>
sealed class Dc : Aggregate
{
    public override string Name => "dc";

    public override IReadOnlyList<string> Aliases => ["distinct_count"];

    public override string Usage => "dc(field)";

    public override string Summary => "Counts the distinct values of a field, as text.";

    public override Accumulator Open(double number, RunContext run) => new DistinctCounting();
}
