namespace Karst.Events;

/// <summary>Offsets from UTC in text: `+hhmm`, `-hh:mm`, `+hh:mm:ss`, `+hh`, `Z`, and zones by name.</summary>
static class TimeOffset
{
    /// <summary>An offset at the place in the text.</summary>
    public static bool Match(ReadOnlySpan<char> text, ref int at, ref TimeParts parts)
    {
        while (at < text.Length && text[at] == ' ') at++;
        if (at >= text.Length) return false;
        if (text[at] is 'Z' or 'z')
        {
            at++;
            parts.Offset = TimeSpan.Zero;
            return true;
        }
        if (text[at] is not ('+' or '-')) return false;
        var negative = text[at++] == '-';
        if (!TwoDigits(text, ref at, out var hours) || hours > 14) return false;
        Following(text, ref at, out var minutes);
        int? seconds = null;
        if (minutes is not null && at < text.Length && text[at] == ':') Following(text, ref at, out seconds);
        var size = new TimeSpan(hours, minutes ?? 0, seconds ?? 0);
        parts.Offset = negative ? -size : size;
        return true;
    }

    /// <summary>A zone's short name (`EST`), its name in the tz database (`America/New_York`), or an offset.</summary>
    public static bool MatchName(ReadOnlySpan<char> text, ref int at, ref TimeParts parts)
    {
        while (at < text.Length && text[at] == ' ') at++;
        var end = at;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || (end > at && text[end] is '/' or '_'))) end++;
        if (end == at) return Match(text, ref at, ref parts);
        var name = text[at..end];
        if (ZoneNames.TryOffset(name, out var offset)) parts.Offset = offset;
        else if (name.Contains('/') && TimeZoneInfo.TryFindSystemTimeZoneById(name.ToString(), out var zone)) parts.Zone = zone;
        else return false;
        at = end;
        return true;
    }

    static void Following(ReadOnlySpan<char> text, ref int at, out int? number)
    {
        var from = at < text.Length && text[at] == ':' ? at + 1 : at;
        number = null;
        if (!TwoDigits(text, ref from, out var found) || found > 59) return;
        number = found;
        at = from;
    }

    static bool TwoDigits(ReadOnlySpan<char> text, ref int at, out int number)
    {
        number = 0;
        if (at + 1 >= text.Length || !char.IsAsciiDigit(text[at]) || !char.IsAsciiDigit(text[at + 1])) return false;
        number = ((text[at] - '0') * 10) + text[at + 1] - '0';
        at += 2;
        return true;
    }
}
