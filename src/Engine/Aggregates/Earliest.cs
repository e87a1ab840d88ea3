using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the value of the earliest row by `_time`.</summary>
sealed class Earliest : Aggregate
{
    public override string Name => "earliest";

    public override string Usage => "earliest(field)";

    public override string Summary => "Gives the value of the earliest row by `_time`.";

    public override bool NeedsTime => true;

    public override Accumulator Open(double number, RunContext run) => new ByTime(latest: false, givesTime: false);
}
