using System.Globalization;

namespace Karst.Events;

/// <summary>Short names of zones, such as `EST`, and what offset they mean.</summary>
static class ZoneNames
{
    static readonly Dictionary<string, int> s_minutes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["UCT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MET"] = 60,
        ["CEST"] = 120,
        ["MEST"] = 120,
        ["EET"] = 120,
        ["SAST"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["IST"] = 330,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["AWST"] = 480,
        ["JST"] = 540,
        ["KST"] = 540,
        ["ACST"] = 570,
        ["AEST"] = 600,
        ["ACDT"] = 630,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["NDT"] = -150,
        ["NST"] = -210,
        ["ADT"] = -180,
        ["AST"] = -240,
        ["BRT"] = -180,
        ["ART"] = -180,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
    };

    /// <summary>The zone's short name at that clock time; its offset as `+03` where it has none.</summary>
    public static string Abbreviation(TimeZoneInfo zone, DateTime local, TimeSpan offset)
    {
        if (zone.Equals(TimeZoneInfo.Utc)) return "UTC";
        var name = offset != zone.BaseUtcOffset || zone.IsDaylightSavingTime(local) ? zone.DaylightName : zone.StandardName;
        if (name.Length is > 0 and <= 6 && !name.Contains(' ', StringComparison.Ordinal)) return name;
        var size = offset.Duration();
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return size.Minutes == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{size.Hours:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{size.Hours:D2}{size.Minutes:D2}");
    }

    /// <summary>The offset that a short name means.</summary>
    public static bool TryOffset(ReadOnlySpan<char> name, out TimeSpan offset)
    {
        var known = s_minutes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var minutes);
        offset = TimeSpan.FromMinutes(minutes);
        return known;
    }
}
