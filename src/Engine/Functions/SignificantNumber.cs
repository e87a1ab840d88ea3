using System.Globalization;

namespace Karst.Engine.Functions;

/// <summary>A number with as many figures and decimals as it was written with (Splunk search reference, sigfig).</summary>
readonly record struct SignificantNumber(double Number, int Figures, int Decimals)
{
    /// <summary>The number rounded to its figures, or to its decimals where they are fewer.</summary>
    internal double Rounded
    {
        get
        {
            if (Number == 0 || !double.IsFinite(Number)) return Number;
            var places = (int)Math.Min(Decimals, Figures - 1L - (long)Math.Floor(Math.Log10(Math.Abs(Number))));
            if (places >= 0) return Math.Round(Number, Math.Min(places, 15), MidpointRounding.AwayFromZero);
            var unit = Math.Pow(10, -places);
            return Math.Round(Number / unit, MidpointRounding.AwayFromZero) * unit;
        }
    }

    /// <summary>Reads a number; null for anything else.</summary>
    internal static SignificantNumber? Of(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var plain = (end < 0 ? text : text[..end]).Trim().TrimStart('-', '+');
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var figures = plain.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;
        return new SignificantNumber(number, Math.Max(1, figures), end >= 0 ? int.MaxValue : point < 0 ? 0 : plain.Length - point - 1);
    }

    /// <summary>The result of an operation, with the figures that its numbers leave.</summary>
    internal static SignificantNumber? Calculate(char operation, SignificantNumber left, SignificantNumber right) => operation switch
    {
        '*' => new SignificantNumber(left.Number * right.Number, Math.Min(left.Figures, right.Figures), int.MaxValue),
        '/' => right.Number == 0 ? null : new SignificantNumber(left.Number / right.Number, Math.Min(left.Figures, right.Figures), int.MaxValue),
        '+' => new SignificantNumber(left.Number + right.Number, int.MaxValue, Math.Min(left.Decimals, right.Decimals)),
        _ => new SignificantNumber(left.Number - right.Number, int.MaxValue, Math.Min(left.Decimals, right.Decimals)),
    };
}
