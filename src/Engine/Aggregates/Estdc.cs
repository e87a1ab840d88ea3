using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Estimates the number of distinct values; here it is exact.</summary>
sealed class Estdc : Aggregate
{
    public override string Name => "estdc";

    public override string Usage => "estdc(field)";

    public override string Summary => "Estimates the number of distinct values; here it is exact.";

    public override Accumulator Open(double number, RunContext run) => new DistinctCounting();
}
