using System.Globalization;

namespace Karst.App.Output;

/// <summary>Numbers for people.</summary>
static class Amount
{
    /// <summary>`1,234`.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>`1 event`, `1,234 events`.</summary>
    public static string Of(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>`512 B`, `1.4 kB`, `2.3 MB`, `1.1 GB`.</summary>
    public static string Bytes(double bytes)
    {
        foreach (var unit in (ReadOnlySpan<string>)["B", "kB", "MB", "GB"])
        {
            if (bytes < 1000 || unit == "GB") return string.Create(CultureInfo.InvariantCulture, $"{bytes.ToString(unit == "B" ? "0" : "0.0", CultureInfo.InvariantCulture)} {unit}");
            bytes /= 1000;
        }
        return "";
    }

    /// <summary>`12 ms`, `3.4 s`, `2 min 05 s`.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
    };
}
