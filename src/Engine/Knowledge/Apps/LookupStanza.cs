using System.Globalization;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>A stanza of transforms.conf that defines a lookup.</summary>
static class LookupStanza
{
    internal static bool IsLookup(ConfStanza stanza) =>
        stanza.Find("filename") is not null || stanza.Find("collection") is not null || stanza.Find("external_cmd") is not null
        || stanza.Find("external_type") is not null;

    internal static LookupDefinition Read(ConfStanza stanza, KnowledgeProblems problems)
    {
        var matchTypes = LookupDefinition.ParseMatchTypes(stanza["match_type"] ?? "", out var unknown);
        var unsupported = unknown is null ? Refusal(stanza) : $"match_type `{unknown}` is neither EXACT, WILDCARD nor CIDR";
        if (unsupported is not null) problems.Add(stanza.File, stanza.Line, $"lookup [{stanza.Name}]: {unsupported}");
        return new LookupDefinition(stanza.Name)
        {
            FileName = stanza["filename"],
            Collection = stanza["collection"],
            Computed = Computed(stanza),
            Unsupported = unsupported,
            MatchTypes = matchTypes,
            CaseSensitive = stanza.Find("case_sensitive_match")?.IsTrue ?? true,
            MinMatches = Number(stanza, "min_matches", 0, problems),
            // Splunk: of rows with times the nearest one counts.
            MaxMatches = Number(stanza, "max_matches", stanza["time_field"] is { Length: > 0 } ? 1 : 1_000, problems),
            TimeField = stanza["time_field"] is { Length: > 0 } field ? field : null,
            TimeFormat = stanza["time_format"] is { Length: > 0 } format ? format : null,
            LeastOffset = Number(stanza, "min_offset_secs", 0, problems),
            MostOffset = Number(stanza, "max_offset_secs", 2_000_000_000, problems),
            DefaultMatch = stanza["default_match"] ?? "",
            Fields = stanza["fields_list"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    static string? Refusal(ConfStanza stanza)
    {
        if (Computed(stanza) is not null) return null;
        if (stanza["filter"] is { Length: > 0 } filter) return $"its filter `{filter}` is not read, and without it there would be rows too many";
        if (stanza["external_cmd"] is { Length: > 0 } script) return $"the lookup runs the script `{script}`";
        if (stanza["external_type"] is { } type && type is not "kvstore") return $"external_type {type} is not read";
        if (stanza["filename"] is { } name && !name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
            return $"the table `{name}` is no CSV file";
        return null;
    }

    static Lookups.ComputedLookup? Computed(ConfStanza stanza) => stanza["external_cmd"] is { } command ? Lookups.ComputedLookup.Find(command) : null;

    static int Number(ConfStanza stanza, string name, int otherwise, KnowledgeProblems problems)
    {
        if (stanza.Find(name) is not { } setting) return otherwise;
        if (int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(setting, $"`{setting.Value}` is no number; {otherwise} is taken");
        return otherwise;
    }
}
