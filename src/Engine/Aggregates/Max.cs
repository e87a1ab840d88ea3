using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the greatest value: by size when all are numbers, else by text.</summary>
sealed class Max : Aggregate
{
    public override string Name => "max";

    public override string Usage => "max(field)";

    public override string Summary => "Gives the greatest value: by size when all are numbers, else by text.";

    public override Accumulator Open(double number, RunContext run) => new ExtremeValue(greatest: true);
}
