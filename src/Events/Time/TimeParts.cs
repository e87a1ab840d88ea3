using System.Globalization;

namespace Karst.Events;

/// <summary>What a text said about a moment, part by part, and the moment that the parts make.</summary>
struct TimeParts
{
    const double FirstEpoch = 31536000;
    const int FirstYear = 1970;
    const int LastYear = 9998;

    public int? Year, Century, YearOfCentury, Month, Day, Hour, Hour12, Half, Minute, Second;
    public int? DayOfYear, WeekDay, SundayWeek, MondayWeek, IsoWeek, IsoYear, IsoYearOfCentury;
    public long FractionTicks;
    public long? Epoch;
    public TimeSpan? Offset;
    public TimeZoneInfo? Zone;

    /// <summary>The moment; false when the parts name no day that exists, or one before 1971, which Splunk does not take.</summary>
    public readonly bool TryResolve(TimeZoneInfo zone, double? now, out double epoch)
    {
        epoch = 0;
        if (Epoch is { } known)
        {
            epoch = known + (FractionTicks / (double)TimeSpan.TicksPerSecond);
            return true;
        }
        if (!TryDay(zone, now, out var day)) return false;
        var seconds = (((HourOfDay() * 60L) + (Minute ?? 0)) * 60) + (Second ?? 0);
        var local = day.AddTicks((seconds * TimeSpan.TicksPerSecond) + FractionTicks);
        epoch = Offset is { } offset ? LocalTime.ToEpoch(local, offset) : LocalTime.ToEpoch(local, Zone ?? zone);
        return epoch >= FirstEpoch - 86400;
    }

    readonly int HourOfDay()
    {
        if (Hour is { } hour) return hour;
        if (Hour12 is not { } half) return 0;
        return (half % 12) + (Half == 1 ? 12 : 0);
    }

    readonly bool TryDay(TimeZoneInfo zone, double? now, out DateTime day)
    {
        day = default;
        var year = FullYear(Year, Century, YearOfCentury);
        var today = year is null && now is { } moment && LocalTime.TryFromEpoch(moment, zone, out var local, out _) ? local.Date : (DateTime?)null;
        if (IsoWeek is { } isoWeek && FullYear(IsoYear, null, IsoYearOfCentury) is { } isoYear and >= FirstYear and <= LastYear)
        {
            if (WeekDay is not { } weekDay || isoWeek > ISOWeek.GetWeeksInYear(isoYear)) return false;
            day = ISOWeek.ToDateTime(isoYear, isoWeek, (DayOfWeek)(weekDay % 7));
            return true;
        }
        if (year is null && Month is null && Day is null && DayOfYear is null)
        {
            day = today ?? default;
            return today is not null;
        }
        if ((year ?? today?.Year) is not { } known || known is < FirstYear or > LastYear) return false;
        if (DayOfYear is { } dayOfYear) return Counted(known, dayOfYear - 1, out day);
        if (Month is { } month && Day is { } date)
        {
            if (date > DateTime.DaysInMonth(known, month)) return false;
            day = new DateTime(known, month, date);
            return true;
        }
        return WeekDay is { } inWeek && Weekly(known, inWeek % 7, out day);
    }

    readonly bool Weekly(int year, int weekDay, out DateTime day)
    {
        day = default;
        var first = (int)new DateTime(year, 1, 1).DayOfWeek;
        if (SundayWeek is { } sunday) return Counted(year, ((7 - first) % 7) + ((sunday - 1) * 7) + weekDay, out day);
        return MondayWeek is { } monday && Counted(year, ((8 - first) % 7) + ((monday - 1) * 7) + ((weekDay + 6) % 7), out day);
    }

    static bool Counted(int year, int days, out DateTime day)
    {
        day = new DateTime(year, 1, 1).AddDays(Math.Max(days, 0));
        return days >= 0 && day.Year == year;
    }

    // Two digits: 69 to 99 are of the 20th century, as POSIX has it.
    static int? FullYear(int? year, int? century, int? ofCentury)
    {
        if (year is not null) return year;
        if (ofCentury is not { } two) return century * 100;
        if (century is { } hundreds) return (hundreds * 100) + two;
        return two < 69 ? 2000 + two : 1900 + two;
    }
}
