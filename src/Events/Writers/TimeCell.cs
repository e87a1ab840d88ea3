namespace Karst.Events;

/// <summary>How the value of `_time` is shown: a number is a moment, anything else stays as it is.</summary>
static class TimeCell
{
    /// <summary>ISO 8601 with milliseconds and offset, as Splunk's results: `2021-08-11T11:52:27.000+00:00`.</summary>
    public static Value Iso(Value value, TimeZoneInfo zone) => Format(value, "%Y-%m-%dT%H:%M:%S.%3N%:z", zone);

    /// <summary>The short form for people: `2021-08-11 11:52:27`, with milliseconds where there are any.</summary>
    public static Value Short(Value value, TimeZoneInfo zone) =>
        Format(value, value.TryNumber(out var epoch) && epoch != Math.Floor(epoch) ? "%Y-%m-%d %H:%M:%S.%3N" : "%Y-%m-%d %H:%M:%S", zone);

    static Value Format(Value value, string format, TimeZoneInfo zone) =>
        value.TryNumber(out var epoch) && Strftime.Format(epoch, format, zone) is { } text ? Value.FromText(text) : value;
}
