namespace Karst.Events;

/// <summary>
/// Between moments (seconds since 1970 in UTC) and the clock of a zone. A clock time that daylight saving leaves out is taken as if the clock had not yet
/// been put forward (02:30 becomes 03:30); one that comes twice is the first of the two.
/// </summary>
public static class LocalTime
{
    const double FirstSecond = -62135596800;
    const double LastSecond = 253402300799;

    /// <summary>The clock time of a moment to the microsecond, which is what the number can hold; false outside the years 1 to 9999.</summary>
    public static bool TryFromEpoch(double epoch, TimeZoneInfo zone, out DateTime local, out TimeSpan offset)
    {
        local = default;
        offset = default;
        if (!(epoch >= FirstSecond + 86400 && epoch <= LastSecond - 86400)) return false;
        var utc = Utc(epoch);
        offset = zone.GetUtcOffset(utc);
        local = DateTime.SpecifyKind(utc + offset, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>The moment of a clock time in the zone.</summary>
    public static double ToEpoch(DateTime local, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc)) return ToEpoch(local, TimeSpan.Zero);
        if (local.Year is 1 or 9999) return ToEpoch(local, zone.BaseUtcOffset);
        // The framework's own answer for clock times is wrong near changes of a zone's standard offset, so only its offsets of moments are asked.
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = zone.GetUtcOffset(clock.AddDays(-1));
        var after = zone.GetUtcOffset(clock.AddDays(1));
        var first = before >= after ? before : after;
        if (zone.GetUtcOffset(clock - first) == first) return ToEpoch(local, first);
        var second = before >= after ? after : before;
        return ToEpoch(local, zone.GetUtcOffset(clock - second) == second ? second : before);
    }

    /// <summary>The moment of a clock time at an offset from UTC.</summary>
    public static double ToEpoch(DateTime local, TimeSpan offset)
    {
        var ticks = local.Ticks - DateTime.UnixEpoch.Ticks - offset.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest == 0 ? seconds : ticks / (double)TimeSpan.TicksPerSecond;
    }

    /// <summary>The moment as UTC clock time, to the microsecond.</summary>
    internal static DateTime Utc(double epoch)
    {
        var seconds = Math.Floor(epoch);
        var micros = (long)Math.Round((epoch - seconds) * 1e6);
        return DateTime.UnixEpoch.AddTicks(((long)seconds * TimeSpan.TicksPerSecond) + (micros * TimeSpan.TicksPerMicrosecond));
    }
}
