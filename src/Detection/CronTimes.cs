using Cronos;

namespace Karst.Detection;

/// <summary>The moments at which a cron schedule of five fields runs something, in a zone.</summary>
public sealed class CronTimes
{
    readonly List<CronExpression> _either = [];

    /// <summary>Reads the fields; what is none is a <see cref="FormatException"/> with the reason.</summary>
    public CronTimes(string fields)
    {
        var parts = fields.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5) throw new FormatException($"`{fields}` is no cron schedule: it has {parts.Length} fields, not 5");
        try
        {
            // Where both the day of the month and that of the week are given, cron runs on days for which one of them holds; the library wants both.
            if (parts[2][0] is '*' or '?' || parts[4][0] is '*' or '?') _either.Add(CronExpression.Parse(string.Join(' ', parts)));
            else
            {
                _either.Add(CronExpression.Parse($"{parts[0]} {parts[1]} {parts[2]} {parts[3]} *"));
                _either.Add(CronExpression.Parse($"{parts[0]} {parts[1]} * {parts[3]} {parts[4]}"));
            }
        }
        catch (CronFormatException error)
        {
            throw new FormatException($"`{fields}` is no cron schedule: {error.Message}", error);
        }
    }

    /// <summary>The first moment at or after <paramref name="from"/>, both in epoch seconds; null when there is none.</summary>
    public double? Next(double from, TimeZoneInfo zone)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Ceiling(from * 1_000)).UtcDateTime;
        DateTime? first = null;
        foreach (var expression in _either)
            if (expression.GetNextOccurrence(moment, zone, inclusive: true) is { } found && (first is null || found < first)) first = found;
        return first is { } time ? new DateTimeOffset(time).ToUnixTimeMilliseconds() / 1_000.0 : null;
    }
}
