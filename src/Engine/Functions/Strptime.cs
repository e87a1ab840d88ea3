using System.Globalization;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Reads a time by a format; epoch seconds with six decimals, absent when the text does not match.</summary>
sealed class Strptime : Function
{
    public override string Name => "strptime";

    public override string Usage => "strptime(text, format)";

    public override string Summary => "Reads a time by a format; epoch seconds with six decimals, absent when the text does not match.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1 || arguments[1].Count != 1) return Value.Null;
        return Events.Strptime.TryParse(arguments[0].ToString(), arguments[1].ToString(), run.Zone, out var time, run.Now)
            ? Value.FromText(time.ToString("0.000000", CultureInfo.InvariantCulture))
            : Value.Null;
    }
}
