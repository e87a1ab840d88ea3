using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Writes a time, in epoch seconds, by a format such as %Y-%m-%dT%H:%M:%S.</summary>
sealed class Strftime : Function
{
    public override string Name => "strftime";

    public override string Usage => "strftime(time, format)";

    public override string Summary => "Writes a time, in epoch seconds, by a format such as %Y-%m-%dT%H:%M:%S.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var time) || arguments[1].Count != 1) return Value.Null;
        return Events.Strftime.Format(time, arguments[1].ToString(), run.Zone) is { } text ? Value.FromText(text) : Value.Null;
    }
}
