using System.Text;

namespace Karst.Events;

/// <summary>Finds the moment of an event in its text, and reads ISO 8601.</summary>
public static class EventTime
{
    /// <summary>How far into an event a timestamp is sought, in bytes (the default of Splunk's MAX_TIMESTAMP_LOOKAHEAD).</summary>
    public const int DefaultLookahead = 128;

    // Longer than any timestamp: one that begins within the window may end behind it.
    const int LongestTimestamp = 48;

    /// <summary>ISO 8601, whole: `2021-08-11T11:52:27.123Z`, with an offset, a blank for the `T`, without seconds, or the day alone; in the zone unless it says.</summary>
    public static bool TryParseIso(ReadOnlySpan<byte> text, TimeZoneInfo zone, out double epoch)
    {
        epoch = 0;
        var scan = new TimestampScan(text);
        if (!scan.YearFirst()) return false;
        if (!scan.AtEnd && !scan.TimeOfDay("T t"u8)) return false;
        return scan.AtEnd && scan.TryResolve(zone, null, out epoch);
    }

    /// <summary>As <see cref="TryParseIso(ReadOnlySpan{byte}, TimeZoneInfo, out double)"/>.</summary>
    public static bool TryParseIso(string text, TimeZoneInfo zone, out double epoch) => TryParseIso(Encoding.UTF8.GetBytes(text), zone, out epoch);

    /// <summary>An epoch in seconds, or ISO 8601.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeZoneInfo zone, out double epoch) =>
        NumberText.TryParse(text, out epoch) || TryParseIso(text, zone, out epoch);

    /// <summary>As <see cref="TryParse(ReadOnlySpan{byte}, TimeZoneInfo, out double)"/>.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out double epoch) => TryParse(Encoding.UTF8.GetBytes(text), zone, out epoch);

    /// <summary>
    /// The first timestamp within the beginning of an event: ISO 8601 and its kin, `08/11/2021 11:52:27 AM`, `11/Aug/2021:11:52:27 +0000`,
    /// `Aug 11 2021 11:52:27`, `Aug 11 11:52:27`, `Wed Aug 11 11:52:27 UTC 2021`, and epochs of 10 (with fraction), 13, 16 or 19 digits. A year that the text
    /// lacks is that of <paramref name="reference"/>, or the one before where the moment would lie more than a day after it; a zone that it lacks is
    /// <paramref name="zone"/>.
    /// </summary>
    public static bool TryRecognise(ReadOnlySpan<byte> text, double reference, TimeZoneInfo zone, out double epoch, int lookahead = DefaultLookahead)
    {
        epoch = 0;
        var window = text[..Math.Min(text.Length, lookahead + LongestTimestamp)];
        var last = Math.Min(window.Length, lookahead);
        for (var start = 0; start < last; start++)
        {
            if (!MayBegin(window, start)) continue;
            var scan = new TimestampScan(window[start..], FollowsDayName(window[..start]));
            if (scan.Recognise() && scan.TryResolve(zone, reference, out epoch) && epoch >= 0) return true;
        }
        return false;
    }

    static bool FollowsDayName(ReadOnlySpan<byte> before)
    {
        if (before.Length < 4 || before[^1] != ' ') return false;
        foreach (var (name, _) in TimeNames.Days)
            if (name.Length == 3 && Ascii.EqualsIgnoreCase(before[^4..^1], name)) return true;
        return false;
    }

    static bool MayBegin(ReadOnlySpan<byte> text, int at)
    {
        var value = text[at];
        if (at > 0 && char.IsAsciiLetterOrDigit((char)text[at - 1]) && !(text[at - 1] == 'T' && value is >= (byte)'0' and <= (byte)'9')) return false;
        return value is >= (byte)'0' and <= (byte)'9' || "JFMASONDjfmasond"u8.Contains(value);
    }
}
