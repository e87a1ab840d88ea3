using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the time of the latest row that has the field.</summary>
sealed class LatestTime : Aggregate
{
    public override string Name => "latest_time";

    public override string Usage => "latest_time(field)";

    public override string Summary => "Gives the time of the latest row that has the field.";

    public override bool NeedsTime => true;

    public override Accumulator Open(double number, RunContext run) => new ByTime(latest: true, givesTime: true);
}
