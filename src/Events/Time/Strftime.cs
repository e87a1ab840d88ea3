using System.Globalization;
using System.Text;

namespace Karst.Events;

/// <summary>Moments as text, by Splunk's date and time format variables. Names are English, as in the C locale.</summary>
public static class Strftime
{
    static readonly DateTimeFormatInfo s_names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>The moment by the format, in the clock of the zone; null for a moment outside the years 1 to 9999. An unknown variable stays as it is.</summary>
    public static string? Format(double epoch, string format, TimeZoneInfo zone)
    {
        if (!LocalTime.TryFromEpoch(epoch, zone, out var local, out var offset)) return null;
        var text = new StringBuilder(format.Length * 2);
        Append(text, format, new Moment(local, offset, zone));
        return text.ToString();
    }

    readonly record struct Moment(DateTime Local, TimeSpan Offset, TimeZoneInfo Zone);

    static void Append(StringBuilder text, string format, Moment moment)
    {
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                text.Append(format[at]);
                continue;
            }
            var start = at++;
            var variable = ReadVariable(format, ref at, out var padding, out var width, out var colons);
            if (!Append(text, variable, padding, width, colons, moment)) text.Append(format, start, Math.Min(at, format.Length - 1) - start + 1);
        }
    }

    // Between the percent sign and the letter: glibc's `-`, `_`, `0`, `^` flags, a width, colons before z, the E and O modifiers.
    static char ReadVariable(string format, ref int at, out char padding, out int width, out int colons)
    {
        padding = '\0';
        width = 0;
        colons = 0;
        while (at < format.Length && format[at] is '-' or '_' or '0' or '^') padding = format[at++];
        while (at < format.Length && char.IsAsciiDigit(format[at])) width = Math.Min((width * 10) + format[at++] - '0', 1000);
        while (at < format.Length && format[at] == ':') (colons, at) = (colons + 1, at + 1);
        if (at + 1 < format.Length && format[at] == 'E' && format[at + 1] == 'z') return format[at++];
        if (at + 1 < format.Length && format[at] is 'E' or 'O') at++;
        return at < format.Length ? format[at] : '\0';
    }

    static bool Append(StringBuilder text, char variable, char padding, int width, int colons, Moment moment)
    {
        var (local, offset, zone) = moment;
        if (colons > 0 && variable != 'z') return false;
        switch (variable)
        {
            case 'Y': return Number(text, local.Year, 1, '0', padding);
            case 'C': return Number(text, local.Year / 100, 2, '0', padding);
            case 'y': return Number(text, local.Year % 100, 2, '0', padding);
            case 'm': return Number(text, local.Month, 2, '0', padding);
            case 'd': return Number(text, local.Day, 2, '0', padding);
            case 'e': return Number(text, local.Day, 2, ' ', padding);
            case 'H': return Number(text, local.Hour, 2, '0', padding);
            case 'k': return Number(text, local.Hour, 2, ' ', padding);
            case 'I': return Number(text, Hour12(local), 2, '0', padding);
            case 'l': return Number(text, Hour12(local), 2, ' ', padding);
            case 'M': return Number(text, local.Minute, 2, '0', padding);
            case 'S': return Number(text, local.Second, 2, '0', padding);
            case 'j': return Number(text, local.DayOfYear, 3, '0', padding);
            case 'w': return Number(text, (int)local.DayOfWeek, 1, '0', padding);
            case 'u': return Number(text, local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek, 1, '0', padding);
            case 'U': return Number(text, (local.DayOfYear + 6 - (int)local.DayOfWeek) / 7, 2, '0', padding);
            case 'W': return Number(text, (local.DayOfYear + 6 - (((int)local.DayOfWeek + 6) % 7)) / 7, 2, '0', padding);
            // Splunk's page shows week 33 for 14 August 2022 beside %V; by ISO 8601, which it names too, that Sunday is in week 32.
            case 'V': return Number(text, ISOWeek.GetWeekOfYear(local), 2, '0', padding);
            case 'G': return Number(text, ISOWeek.GetYear(local), 1, '0', padding);
            case 'g': return Number(text, ISOWeek.GetYear(local) % 100, 2, '0', padding);
            case 'a': return Text(text, s_names.GetAbbreviatedDayName(local.DayOfWeek), padding);
            case 'A': return Text(text, s_names.GetDayName(local.DayOfWeek), padding);
            case 'b' or 'h': return Text(text, s_names.GetAbbreviatedMonthName(local.Month), padding);
            case 'B': return Text(text, s_names.GetMonthName(local.Month), padding);
            case 'p': return Text(text, local.Hour < 12 ? "AM" : "PM", padding);
            case 'P': return Text(text, local.Hour < 12 ? "am" : "pm", padding);
            case 'Z': return Text(text, ZoneNames.Abbreviation(zone, local, offset), padding);
            case 's': return Text(text, Seconds(moment).ToString(CultureInfo.InvariantCulture), padding);
            case 'N': return Fraction(text, local, width == 0 ? 9 : width);
            case 'Q': return Fraction(text, local, width == 0 ? 3 : width);
            case 'f': return Fraction(text, local, 6);
            case 'z': return Offset(text, offset, colons);
            case 'E': return Text(text, ((int)offset.TotalMinutes).ToString(CultureInfo.InvariantCulture), padding);
            case 'F': return Nested(text, "%Y-%m-%d", moment);
            case 'T' or 'X': return Nested(text, "%H:%M:%S", moment);
            case 'R': return Nested(text, "%H:%M", moment);
            case 'r': return Nested(text, "%I:%M:%S %p", moment);
            case 'D' or 'x': return Nested(text, "%m/%d/%y", moment);
            case 'c': return Nested(text, "%a %b %e %H:%M:%S %Y", moment);
            case '+': return Nested(text, "%a %b %e %H:%M:%S %Z %Y", moment);
            case 'n': return Text(text, "\n", padding);
            case 't': return Text(text, "\t", padding);
            case '%': return Text(text, "%", padding);
            default: return false;
        }
    }

    static int Hour12(DateTime local) => local.Hour % 12 == 0 ? 12 : local.Hour % 12;

    static long Seconds(Moment moment) =>
        (long)Math.Floor((moment.Local.Ticks - DateTime.UnixEpoch.Ticks - moment.Offset.Ticks) / (double)TimeSpan.TicksPerSecond);

    static bool Number(StringBuilder text, int number, int width, char fill, char padding)
    {
        fill = padding switch
        {
            '_' => ' ',
            '0' => '0',
            _ => fill,
        };
        var digits = number.ToString(CultureInfo.InvariantCulture);
        text.Append(padding == '-' ? digits : digits.PadLeft(width, fill));
        return true;
    }

    static bool Text(StringBuilder text, string value, char padding)
    {
        text.Append(padding == '^' ? value.ToUpperInvariant() : value);
        return true;
    }

    static bool Fraction(StringBuilder text, DateTime local, int digits)
    {
        var nanoseconds = (local.Ticks % TimeSpan.TicksPerSecond * 100).ToString("D9", CultureInfo.InvariantCulture);
        text.Append(digits <= 9 ? nanoseconds[..digits] : nanoseconds.PadRight(digits, '0'));
        return true;
    }

    static bool Offset(StringBuilder text, TimeSpan offset, int colons)
    {
        if (colons > 3) return false;
        var size = offset.Duration();
        text.Append(offset < TimeSpan.Zero ? '-' : '+').Append(CultureInfo.InvariantCulture, $"{(int)size.TotalHours:D2}");
        if (colons == 3) return true;
        if (colons > 0) text.Append(':');
        text.Append(CultureInfo.InvariantCulture, $"{size.Minutes:D2}");
        if (colons == 2) text.Append(CultureInfo.InvariantCulture, $":{size.Seconds:D2}");
        return true;
    }

    static bool Nested(StringBuilder text, string format, Moment moment)
    {
        Append(text, format, moment);
        return true;
    }
}
