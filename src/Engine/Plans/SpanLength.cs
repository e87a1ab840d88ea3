using System.Globalization;
using Karst.Events;

namespace Karst.Engine.Plans;

/// <summary>The size of a bucket: a number, a stretch of time, or a power (`2log10`).</summary>
public abstract record SpanLength
{
    /// <summary>The bucket that a number is in: from, and up to but not including; null where the size has none for it. <paramref name="align"/> shifts buckets of time of up to hours.</summary>
    public abstract (double Start, double End)? Bucket(double number, TimeZoneInfo zone, double align = 0);

    /// <summary>A bucket as text, both ends: `0-10`.</summary>
    public static string Label(double start, double end) => $"{NumberText.Format(start)}-{NumberText.Format(end)}";

    /// <summary>Reads `10`, `0.5`, `5m`, `1d@d`, `log2`, `1.5log10`; null for anything else.</summary>
    public static SpanLength? Parse(string text)
    {
        text = text.Trim();
        var log = text.IndexOf("log", StringComparison.OrdinalIgnoreCase);
        if (log >= 0) return Log(text[..log], text[(log + 3)..]);
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) digits++;
        var size = 1.0;
        if (digits > 0 && !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out size)) return null;
        if (!(size > 0)) return null;
        if (digits == text.Length) return digits == 0 ? null : new NumberSpan(size);
        return Time(size, text[digits..]);
    }

    static LogSpan? Log(string coefficient, string @base)
    {
        var factor = 1.0;
        var root = 10.0;
        if (coefficient.Length > 0 && !double.TryParse(coefficient, NumberStyles.Float, CultureInfo.InvariantCulture, out factor)) return null;
        if (@base.Length > 0 && !double.TryParse(@base, NumberStyles.Float, CultureInfo.InvariantCulture, out root)) return null;
        // Splunk: the coefficient is at least 1 and less than the base, the base is more than 1.
        return root > 1 && factor >= 1 && factor < root ? new LogSpan(factor, root) : null;
    }

    static TimeLength? Time(double size, string rest)
    {
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var unit = at < 0 ? rest : rest[..at];
        var snap = at < 0 ? null : rest[(at + 1)..];
        double? fraction = unit switch { "us" => 1e-6, "ms" => 1e-3, "cs" => 1e-2, "ds" => 1e-1, _ => null };
        if (fraction is { } part) return snap is null ? new TimeLength(size * part, TimeUnit.Second, null) : null;
        if (!TimeModifier.TryUnit(unit, out var known)) return null;
        // Days and larger are units of the calendar, of which there are whole ones only.
        if (known >= TimeUnit.Day && size != Math.Floor(size)) return null;
        if (snap is not null && !TimeModifier.TryParse("@" + snap, 0, TimeZoneInfo.Utc, out _)) return null;
        return new TimeLength(size, known, snap is null ? null : "@" + snap);
    }
}

/// <summary>Buckets of a number's size, from 0 on.</summary>
public sealed record NumberSpan(double Size) : SpanLength
{
    /// <inheritdoc/>
    public override (double Start, double End)? Bucket(double number, TimeZoneInfo zone, double align = 0) => Bucket(number);

    /// <summary>The bucket that a number is in: from, and up to but not including.</summary>
    public (double Start, double End) Bucket(double number)
    {
        // Decimal arithmetic keeps 0.3 in buckets of 0.1 where it belongs.
        if (Math.Abs(number) < 1e15 && Size is > 1e-9 and < 1e15)
        {
            var size = (decimal)Size;
            var start = Math.Floor((decimal)number / size) * size;
            return ((double)start, (double)(start + size));
        }
        var from = Math.Floor(number / Size) * Size;
        return (from, from + Size);
    }
}

/// <summary>Buckets whose limits are `coefficient * base^n`.</summary>
public sealed record LogSpan(double Coefficient, double Base) : SpanLength
{
    /// <summary>The bucket that a number is in; null for numbers that are not positive.</summary>
    public override (double Start, double End)? Bucket(double number, TimeZoneInfo zone, double align = 0)
    {
        if (!(number > 0)) return null;
        var power = Math.Floor(Math.Log(number / Coefficient, Base) + 1e-12);
        var start = Coefficient * Math.Pow(Base, power);
        // Logarithms of whole powers are not always whole.
        if (start * Base <= number) start *= Base;
        return (start, start * Base);
    }
}

/// <summary>Buckets of time. Up to hours they count from the epoch or a given moment, from days on they follow the calendar of the zone.</summary>
public sealed record TimeLength(double Count, TimeUnit Unit, string? Snap) : SpanLength
{
    static readonly string[] s_ladder = ["1s", "5s", "10s", "30s", "1m", "5m", "10m", "30m", "1h", "1d", "1mon", "1y"];

    /// <summary>The shortest length that so many seconds need at most so many buckets of, and that is no shorter than <paramref name="least"/>.</summary>
    public static TimeLength For(double seconds, int buckets, TimeLength? least = null)
    {
        foreach (var text in s_ladder)
        {
            var length = (TimeLength)Parse(text)!;
            if (length.Seconds * buckets >= seconds && (least is null || length.Seconds >= least.Seconds)) return length;
        }
        return (TimeLength)Parse(s_ladder[^1])!;
    }

    /// <summary>Seconds of one bucket; for days and larger, about.</summary>
    public double Seconds => Count * Unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Minute => 60,
        TimeUnit.Hour => 3_600,
        TimeUnit.Day => 86_400,
        TimeUnit.Week => 604_800,
        TimeUnit.Month => 2_592_000,
        TimeUnit.Quarter => 7_776_000,
        _ => 31_536_000.0,
    };

    /// <inheritdoc/>
    public override (double Start, double End)? Bucket(double number, TimeZoneInfo zone, double align = 0)
    {
        var start = Start(number, zone, align);
        return (start, Next(start, zone));
    }

    /// <summary>The start of the bucket that a moment is in. <paramref name="align"/> shifts buckets of up to hours.</summary>
    public double Start(double time, TimeZoneInfo zone, double align = 0)
    {
        if (Unit < TimeUnit.Day)
        {
            if (Snap is not null && TimeModifier.TryParse(Snap, time, zone, out var snapped)) align = snapped;
            return new NumberSpan(Seconds).Bucket(time - align).Start + align;
        }
        if (Unit == TimeUnit.Week && Count == 1 && Snap is { Length: > 2 })
            return TimeModifier.TryParse(Snap, time, zone, out var week) ? week : time;
        if (!LocalTime.TryFromEpoch(time, zone, out var local, out _)) return time;
        return LocalTime.ToEpoch(Unit is TimeUnit.Day or TimeUnit.Week ? Days(local) : Months(local), zone);
    }

    /// <summary>The start of the bucket behind the one that starts at a moment.</summary>
    public double Next(double start, TimeZoneInfo zone) =>
        Unit < TimeUnit.Day ? start + Seconds : TimeModifier.Add(start, (long)Count, Unit, zone);

    // Several days or weeks count from the epoch's first day, a Thursday, as Splunk's do without a snap.
    DateTime Days(DateTime local)
    {
        var length = (long)Count * (Unit == TimeUnit.Week ? 7 : 1);
        var day = (long)Math.Floor((local.Date - DateTime.UnixEpoch).TotalDays);
        return DateTime.UnixEpoch.AddDays(Math.Floor((double)day / length) * length);
    }

    DateTime Months(DateTime local)
    {
        var length = (int)Count * (Unit == TimeUnit.Month ? 1 : Unit == TimeUnit.Quarter ? 3 : 12);
        var month = ((local.Year - 1970) * 12) + local.Month - 1;
        var start = (int)Math.Floor((double)month / length) * length;
        return new DateTime(1970, 1, 1).AddMonths(start);
    }
}
