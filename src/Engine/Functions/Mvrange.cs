using System.Globalization;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Lists numbers from a start up to an end that is not in it; a step such as 7d moves by the calendar.</summary>
sealed class Mvrange : Function
{
    public override string Name => "mvrange";

    public override string Usage => "mvrange(start, end [, step])";

    public override string Summary => "Lists numbers from a start up to an end that is not in it; a step such as 7d moves by the calendar.";

    public override (int Least, int Most) Arity => (2, 3);

    const int Most = 1_000_000;

    public override bool IsPure => false;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var at) || !arguments[1].TryNumber(out var end)) return Value.Null;
        var step = 1.0;
        TimeUnit? unit = null;
        if (arguments.Length > 2 && !arguments[2].TryNumber(out step))
        {
            var text = arguments[2].ToString();
            var digits = text.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 9 || !TimeModifier.TryUnit(text[digits..], out var found)) return Value.Null;
            unit = found;
            step = int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        }
        if (step == 0) return Value.Null;
        var values = new List<Value>();
        for (var i = 1; step > 0 ? at < end : at > end; i++)
        {
            if (values.Count == Most) throw new SearchFailedException($"`mvrange` would make more than {Most} values");
            values.Add(Value.FromNumber(at));
            at = unit is { } calendar ? TimeModifier.Add(at, (long)step, calendar, run.Zone) : at + step;
            if (double.IsNaN(at)) break;
        }
        return Value.FromMany(values);
    }
}
