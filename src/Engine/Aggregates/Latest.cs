using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the value of the latest row by `_time`.</summary>
sealed class Latest : Aggregate
{
    public override string Name => "latest";

    public override string Usage => "latest(field)";

    public override string Summary => "Gives the value of the latest row by `_time`.";

    public override bool NeedsTime => true;

    public override Accumulator Open(double number, RunContext run) => new ByTime(latest: true, givesTime: false);
}
