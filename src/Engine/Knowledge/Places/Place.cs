using System.Globalization;

namespace Karst.Engine.Knowledge.Places;

/// <summary>What a database says of an address. A part that it lacks is the empty text.</summary>
public sealed class Place
{
    readonly Dictionary<string, object> _record;

    internal Place(Dictionary<string, object> record) => _record = record;

    /// <summary>A field of `iplocation` in a language of the database; `code` gives codes instead of names.</summary>
    public string Get(string field, string language) => field switch
    {
        "City" => Name(Part(_record, "city"), language),
        "Country" => Name(Part(_record, "country"), language),
        "Continent" => Name(Part(_record, "continent"), language),
        "Region" => Name(_record.GetValueOrDefault("subdivisions") is List<object> { Count: > 0 } parts ? parts[0] as Dictionary<string, object> : null, language),
        "Timezone" => Text(Part(_record, "location"), "time_zone"),
        "MetroCode" => Text(Part(_record, "location"), "metro_code"),
        "lat" => Degrees("latitude"),
        _ => Degrees("longitude"),
    };

    static string Name(Dictionary<string, object>? part, string language) =>
        part is null ? ""
        : language == "code" ? Text(part, part.ContainsKey("iso_code") ? "iso_code" : "code")
        : Text(Part(part, "names"), language);

    string Degrees(string name) =>
        Part(_record, "location")?.GetValueOrDefault(name) is double degrees ? degrees.ToString("F5", CultureInfo.InvariantCulture) : "";

    static Dictionary<string, object>? Part(Dictionary<string, object>? record, string name) =>
        record?.GetValueOrDefault(name) as Dictionary<string, object>;

    static string Text(Dictionary<string, object>? record, string name) => Convert.ToString(record?.GetValueOrDefault(name), CultureInfo.InvariantCulture) ?? "";
}
