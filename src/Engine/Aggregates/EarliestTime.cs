using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the time of the earliest row that has the field.</summary>
sealed class EarliestTime : Aggregate
{
    public override string Name => "earliest_time";

    public override string Usage => "earliest_time(field)";

    public override string Summary => "Gives the time of the earliest row that has the field.";

    public override bool NeedsTime => true;

    public override Accumulator Open(double number, RunContext run) => new ByTime(latest: false, givesTime: true);
}
