namespace Karst.Events;

/// <summary>Text as moments, by Splunk's date and time format variables.</summary>
public static class Strptime
{
    /// <summary>
    /// The moment at the beginning of the text, in the zone unless the text has its own; text that follows is ignored. False when the text does not
    /// match, names no day, or lies before 1971. With <paramref name="now"/>, a time without a date is of that day, a day without a year of that year.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, string format, TimeZoneInfo zone, out double epoch, double? now = null) =>
        TryParse(text, format, zone, out epoch, out _, now);

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, string, TimeZoneInfo, out double, double?)"/>, and how many characters were used.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, string format, TimeZoneInfo zone, out double epoch, out int used, double? now = null)
    {
        epoch = 0;
        used = 0;
        var parts = new TimeParts();
        return Match(text, ref used, format, ref parts, 0) && parts.TryResolve(zone, now, out epoch);
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, string, TimeZoneInfo, out double, double?)"/>, but nothing may follow.</summary>
    public static bool TryParseWhole(ReadOnlySpan<char> text, string format, TimeZoneInfo zone, out double epoch, double? now = null) =>
        TryParse(text, format, zone, out epoch, out var used, now) && used == text.Length;

    static bool Match(ReadOnlySpan<char> text, ref int at, string format, ref TimeParts parts, int depth)
    {
        if (depth > 2) return false;
        for (var f = 0; f < format.Length; f++)
        {
            var expected = format[f];
            if (char.IsWhiteSpace(expected))
            {
                SkipBlanks(text, ref at);
                continue;
            }
            if (expected != '%' || f + 1 == format.Length)
            {
                if (at >= text.Length || text[at] != expected) return false;
                at++;
                continue;
            }
            f++;
            while (f + 1 < format.Length && format[f] is '-' or '_' or '^' or ':') f++;
            var width = 0;
            while (f + 1 < format.Length && char.IsAsciiDigit(format[f])) width = Math.Min((width * 10) + format[f++] - '0', 20);
            if (f + 1 < format.Length && format[f] is 'E' or 'O' && !(format[f] == 'E' && format[f + 1] == 'z')) f++;
            if (format[f] == 'E' && f + 1 < format.Length) f++;
            if (!Variable(text, ref at, format[f], width, ref parts, depth)) return false;
        }
        return true;
    }

    static bool Variable(ReadOnlySpan<char> text, ref int at, char variable, int width, ref TimeParts parts, int depth)
    {
        switch (variable)
        {
            case 'Y': return Number(text, ref at, 4, 0, 9999, ref parts.Year);
            case 'C': return Number(text, ref at, 2, 0, 99, ref parts.Century);
            case 'y': return Number(text, ref at, 2, 0, 99, ref parts.YearOfCentury);
            case 'm': return Number(text, ref at, 2, 1, 12, ref parts.Month);
            case 'd' or 'e': return Number(text, ref at, 2, 1, 31, ref parts.Day);
            case 'H' or 'k': return Number(text, ref at, 2, 0, 23, ref parts.Hour);
            case 'I' or 'l': return Number(text, ref at, 2, 1, 12, ref parts.Hour12);
            case 'M': return Number(text, ref at, 2, 0, 59, ref parts.Minute);
            // 60 and 61 are leap seconds.
            case 'S': return Number(text, ref at, 2, 0, 61, ref parts.Second);
            case 'j': return Number(text, ref at, 3, 1, 366, ref parts.DayOfYear);
            case 'w': return Number(text, ref at, 1, 0, 7, ref parts.WeekDay);
            case 'u': return Number(text, ref at, 1, 1, 7, ref parts.WeekDay);
            case 'U': return Number(text, ref at, 2, 0, 53, ref parts.SundayWeek);
            case 'W': return Number(text, ref at, 2, 0, 53, ref parts.MondayWeek);
            case 'V': return Number(text, ref at, 2, 1, 53, ref parts.IsoWeek);
            case 'G': return Number(text, ref at, 4, 0, 9999, ref parts.IsoYear);
            case 'g': return Number(text, ref at, 2, 0, 99, ref parts.IsoYearOfCentury);
            case 'a' or 'A': return TimeNames.Match(text, ref at, TimeNames.Days, ref parts.WeekDay);
            case 'b' or 'B' or 'h': return TimeNames.Match(text, ref at, TimeNames.Months, ref parts.Month);
            case 'p' or 'P': return TimeNames.Match(text, ref at, TimeNames.Halves, ref parts.Half);
            case 's': return Epoch(text, ref at, ref parts);
            case 'N' or 'Q' or 'f': return Fraction(text, ref at, width == 0 ? 9 : width, ref parts);
            case 'z': return TimeOffset.Match(text, ref at, ref parts);
            case 'Z': return TimeOffset.MatchName(text, ref at, ref parts);
            case 'F': return Match(text, ref at, "%Y-%m-%d", ref parts, depth + 1);
            case 'T' or 'X': return Match(text, ref at, "%H:%M:%S", ref parts, depth + 1);
            case 'R': return Match(text, ref at, "%H:%M", ref parts, depth + 1);
            case 'r': return Match(text, ref at, "%I:%M:%S %p", ref parts, depth + 1);
            case 'D' or 'x': return Match(text, ref at, "%m/%d/%y", ref parts, depth + 1);
            case 'c': return Match(text, ref at, "%a %b %e %H:%M:%S %Y", ref parts, depth + 1);
            case '+': return Match(text, ref at, "%a %b %e %H:%M:%S %Z %Y", ref parts, depth + 1);
            case 'n' or 't':
                SkipBlanks(text, ref at);
                return true;
            case '%':
                return at < text.Length && text[at++] == '%';
            default:
                return false;
        }
    }

    // Leading zeros are not needed, and blanks may stand in their place.
    static bool Number(ReadOnlySpan<char> text, ref int at, int digits, int least, int most, ref int? into)
    {
        SkipBlanks(text, ref at);
        var start = at;
        var number = 0;
        while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at])) number = (number * 10) + text[at++] - '0';
        into = number;
        return at > start && number >= least && number <= most;
    }

    static bool Fraction(ReadOnlySpan<char> text, ref int at, int digits, ref TimeParts parts)
    {
        var start = at;
        var ticks = 0L;
        var unit = TimeSpan.TicksPerSecond;
        while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at]))
        {
            unit /= 10;
            ticks += (text[at++] - '0') * unit;
        }
        parts.FractionTicks = ticks;
        return at > start;
    }

    static bool Epoch(ReadOnlySpan<char> text, ref int at, ref TimeParts parts)
    {
        SkipBlanks(text, ref at);
        var start = at;
        while (at < text.Length && at - start < 12 && char.IsAsciiDigit(text[at])) at++;
        if (at == start) return false;
        parts.Epoch = long.Parse(text[start..at], System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    static void SkipBlanks(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
