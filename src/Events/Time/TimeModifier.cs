using System.Globalization;

namespace Karst.Events;

/// <summary>
/// Splunk's time modifiers: `now`, an epoch, `-24h@h`, `@w1`, `-1d@d+3h`, and `%m/%d/%Y:%H:%M:%S`. Parts apply from left to right. Seconds to
/// hours are spans of time; days and larger follow the calendar of the zone, so that a day may have 23 or 25 hours.
/// </summary>
public static class TimeModifier
{
    /// <summary>The moment that the text means, seen from <paramref name="now"/>; false for what is none, real-time (`rt`) among it.</summary>
    public static bool TryParse(string text, double now, TimeZoneInfo zone, out double time)
    {
        time = now;
        text = text.Trim();
        if (text.Length == 0) return false;
        if (text is "now" or "now()") return true;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var epoch))
        {
            time = epoch;
            return true;
        }
        if (char.IsAsciiDigit(text[0])) return Strptime.TryParseWhole(text, "%m/%d/%Y:%H:%M:%S", zone, out time);
        // `now-1d` is Splunk's too.
        var at = text.StartsWith("now", StringComparison.Ordinal) ? 3 : 0;
        while (at < text.Length)
            if (!Part(text, ref at, zone, ref time)) return false;
        return true;
    }

    /// <summary>The moment moved by whole units; a month that lacks the day gives its last day.</summary>
    public static double Add(double time, long count, TimeUnit unit, TimeZoneInfo zone)
    {
        // Splunk does not say what a month before the 31st of March is; the last of February is the reading that keeps the month asked for.
        switch (unit)
        {
            case TimeUnit.Second: return time + count;
            case TimeUnit.Minute: return time + (count * 60.0);
            case TimeUnit.Hour: return time + (count * 3600.0);
        }
        if (!LocalTime.TryFromEpoch(time, zone, out var local, out _)) return time;
        try
        {
            return LocalTime.ToEpoch(Add(local, checked((int)count), unit), zone);
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or OverflowException)
        {
            return count < 0 ? 0 : double.PositiveInfinity;
        }
    }

    /// <summary>The moment put back to the beginning of its unit in the zone; for weeks the day that begins them (0 is Sunday).</summary>
    public static double Snap(double time, TimeUnit unit, TimeZoneInfo zone, int firstDay = 0)
    {
        if (!LocalTime.TryFromEpoch(time, zone, out var local, out var offset)) return time;
        switch (unit)
        {
            case TimeUnit.Second: return Math.Floor(time);
            // Within the hour the offset stays, also where the clock is put back.
            case TimeUnit.Minute: return LocalTime.ToEpoch(local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)), offset);
            case TimeUnit.Hour: return LocalTime.ToEpoch(local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)), offset);
        }
        if (local.Year < 2) return time;
        var day = local.Date;
        var start = unit switch
        {
            TimeUnit.Day => day,
            TimeUnit.Week => day.AddDays(-(((int)day.DayOfWeek - firstDay + 7) % 7)),
            TimeUnit.Month => new DateTime(day.Year, day.Month, 1),
            TimeUnit.Quarter => new DateTime(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
            _ => new DateTime(day.Year, 1, 1),
        };
        return LocalTime.ToEpoch(start, zone);
    }

    /// <summary>The unit that a word names: `s`, `sec`, ..., `m`, `min`, `h`, `hr`, `d`, `w`, `mon`, `q`, `qtr`, `y`, `yr` and their long forms.</summary>
    public static bool TryUnit(string word, out TimeUnit unit)
    {
        TimeUnit? found = word switch
        {
            "s" or "sec" or "secs" or "second" or "seconds" => TimeUnit.Second,
            "m" or "min" or "mins" or "minute" or "minutes" => TimeUnit.Minute,
            "h" or "hr" or "hrs" or "hour" or "hours" => TimeUnit.Hour,
            "d" or "day" or "days" => TimeUnit.Day,
            "w" or "week" or "weeks" => TimeUnit.Week,
            "mon" or "month" or "months" => TimeUnit.Month,
            "q" or "qtr" or "qtrs" or "quarter" or "quarters" => TimeUnit.Quarter,
            "y" or "yr" or "yrs" or "year" or "years" => TimeUnit.Year,
            _ => null,
        };
        unit = found ?? default;
        return found is not null;
    }

    static DateTime Add(DateTime local, int count, TimeUnit unit) => unit switch
    {
        TimeUnit.Day => local.AddDays(count),
        TimeUnit.Week => local.AddDays(7.0 * count),
        TimeUnit.Month => local.AddMonths(count),
        TimeUnit.Quarter => local.AddMonths(checked(3 * count)),
        _ => local.AddYears(count),
    };

    static bool Part(string text, ref int at, TimeZoneInfo zone, ref double time)
    {
        var sign = text[at++];
        var count = 1L;
        if (sign is '+' or '-')
        {
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at > digits && !long.TryParse(text.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture, out count)) return false;
        }
        else if (sign != '@') return false;
        var word = at;
        while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
        if (!TryUnit(text[word..at], out var unit)) return false;
        if (sign != '@')
        {
            time = Add(time, sign == '-' ? -count : count, unit, zone);
            return true;
        }
        var firstDay = 0;
        if (unit == TimeUnit.Week && at < text.Length && text[at] is >= '0' and <= '7') firstDay = (text[at++] - '0') % 7;
        time = Snap(time, unit, zone, firstDay);
        return true;
    }
}
