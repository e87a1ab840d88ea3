using System.Globalization;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Rounds a number, halves away from zero, to whole ones or to so many decimal places.</summary>
sealed class Round : Function
{
    public override string Name => "round";

    public override string Usage => "round(number [, places])";

    public override string Summary => "Rounds a number, halves away from zero, to whole ones or to so many decimal places.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].TryNumber(out var number)) return Value.Null;
        var places = 0.0;
        if (arguments.Length > 1 && !arguments[1].TryNumber(out places)) return Value.Null;
        return Value.FromNumber(ToPlaces(number, (int)Math.Clamp(places, -300, 300)));
    }

    /// <summary>Rounds by the decimal digits that the number prints with, so that 2.675 to two places is 2.68.</summary>
    internal static double ToPlaces(double number, int places)
    {
        if (places == 0) return Math.Round(number, MidpointRounding.AwayFromZero);
        if (places > 0)
        {
            // From 2^53 on there are no digits behind the point; a decimal cast would keep 15 of up to 17 digits.
            if (places > 28 || Math.Abs(number) >= 1L << 53) return number;
            var digits = decimal.Parse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
            return (double)Math.Round(digits, places, MidpointRounding.AwayFromZero);
        }
        var unit = Math.Pow(10, -places);
        return Math.Round(number / unit, MidpointRounding.AwayFromZero) * unit;
    }
}
