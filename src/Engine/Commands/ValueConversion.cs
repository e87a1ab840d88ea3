using System.Globalization;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// The functions of `convert` over one value. What cannot be converted stays as it is, but for `num`, which takes it away: Splunk says so of `num` only.
/// </summary>
static class ValueConversion
{
    internal static Value Apply(string function, Value value, string format, RunContext run)
    {
        switch (function)
        {
            case "auto": return value.TryNumber(out var plain) ? Value.FromNumber(plain) : value;
            case "num": return value.TryNumber(out var number) ? Value.FromNumber(number) : Value.Null;
            case "ctime":
                return value.TryNumber(out var epoch) && Strftime.Format(epoch, format, run.Zone) is { } time ? Value.FromText(time) : value;
        }
        var text = value.ToString();
        double? converted = function switch
        {
            "mktime" => Strptime.TryParse(text, format, run.Zone, out var moment) ? moment : null,
            "dur2sec" => Duration(text),
            "mstime" => MinutesSeconds(text),
            "memk" => Kilobytes(text),
            "rmcomma" => Number(text.Replace(",", "", StringComparison.Ordinal)),
            "rmunit" => Leading(text),
            _ => null,
        };
        return converted is { } result ? Value.FromNumber(result) : value;
    }

    // [D+]HH:MM:SS
    static double? Duration(string text)
    {
        var days = 0.0;
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0)
        {
            if (Whole(text[..plus]) is not { } count) return null;
            days = count;
            text = text[(plus + 1)..];
        }
        var parts = text.Split(':');
        return parts.Length == 3 && Whole(parts[0]) is { } hours && Whole(parts[1]) is { } minutes && Number(parts[2]) is { } seconds and >= 0
            ? (((((days * 24) + hours) * 60) + minutes) * 60) + seconds
            : null;
    }

    // [MM:]SS.SSS
    static double? MinutesSeconds(string text)
    {
        var parts = text.Split(':');
        return parts.Length switch
        {
            1 => Number(text),
            2 when Whole(parts[0]) is { } minutes && Number(parts[1]) is { } seconds and >= 0 => (minutes * 60) + seconds,
            _ => null,
        };
    }

    // A size with k, m or g behind it in kilobytes; k is meant where there is none.
    static double? Kilobytes(string text)
    {
        if (text.Length == 0) return null;
        double? factor = char.ToLowerInvariant(text[^1]) switch { 'k' => 1, 'm' => 1024, 'g' => 1024 * 1024, _ => null };
        var number = Number(factor is null ? text : text[..^1]);
        return number is >= 0 ? number * (factor ?? 1) : null;
    }

    static double? Leading(string text)
    {
        var end = 0;
        if (end < text.Length && (text[end] is '-' or '+')) end++;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        while (end > 0 && text[end - 1] == '.') end--;
        return Number(text[..end]);
    }

    static double? Whole(string text) =>
        text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    static double? Number(string text) => Value.FromText(text).TryNumber(out var number) ? number : null;
}
