using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Moves a time by a modifier such as -1d@d.</summary>
sealed class RelativeTime : Function
{
    public override string Name => "relative_time";

    public override string Usage => "relative_time(time, modifier)";

    public override string Summary => "Moves a time by a modifier such as -1d@d.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var time) || arguments[1].Count != 1) return Value.Null;
        // Beyond the calendar there is no moment.
        return TimeModifier.TryParse(arguments[1].ToString(), time, run.Zone, out var moved) && LocalTime.TryFromEpoch(moved, run.Zone, out _, out _) ? Value.FromNumber(moved) : Value.Null;
    }
}
