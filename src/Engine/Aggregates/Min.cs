using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the least value: by size when all are numbers, else by text.</summary>
sealed class Min : Aggregate
{
    public override string Name => "min";

    public override string Usage => "min(field)";

    public override string Summary => "Gives the least value: by size when all are numbers, else by text.";

    public override Accumulator Open(double number, RunContext run) => new ExtremeValue(greatest: false);
}
