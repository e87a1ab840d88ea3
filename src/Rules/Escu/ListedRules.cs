using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>Takes from a mapping what a list of rules shows, whatever platform it is of.</summary>
static class ListedRules
{
    /// <summary>The platform that a mapping's keys speak of; null when it is no rule of another platform.</summary>
    public static string? PlatformOf(YamlMap map)
    {
        if (map.Get("detection") is YamlMap && map.Get("logsource") is YamlMap) return "sigma";
        if (map.Get("query") is YamlScalar && map.Get("kind") is YamlScalar) return "sentinel";
        return map.Get("AnalysisType") is YamlScalar { Value: "rule" or "scheduled_rule" } ? "panther" : null;
    }

    /// <summary>Reads what there is; a value of another type than expected counts as absent.</summary>
    public static ListedRule Read(string path, string text, YamlMap map, string platform)
    {
        var fields = new YamlFields(path, []);
        var tags = map.Get("tags") as YamlMap;
        return new ListedRule(path, platform, First("title", "name", "DisplayName", "RuleID") ?? Path.GetFileNameWithoutExtension(path), text)
        {
            Id = First("id", "RuleID") ?? "",
            Description = First("description", "Description") ?? "",
            Author = First("author") ?? "",
            Status = First("status") ?? "",
            Date = First("modified", "modification_date", "date") ?? "",
            AttackIds = [.. AttackIds(map, tags, fields).Distinct(StringComparer.OrdinalIgnoreCase)],
            References = Texts(map, "references", fields),
        };

        string? First(params string[] keys) =>
            keys.Select(key => map.Get(key) is YamlScalar ? fields.TextOrNull(map, key) : null).FirstOrDefault(static value => !string.IsNullOrWhiteSpace(value));
    }

    // Sigma writes `attack.t1059.001` among its tags, Sentinel lists techniques, Panther `TA0002:T1059` under the framework's name.
    static IEnumerable<string> AttackIds(YamlMap map, YamlMap? tags, YamlFields fields)
    {
        foreach (var tag in Texts(map, "tags", fields))
            if (tag.StartsWith("attack.t", StringComparison.OrdinalIgnoreCase) && tag.Length > 8 && char.IsAsciiDigit(tag[8])) yield return tag["attack.".Length..].ToUpperInvariant();
        foreach (var id in Texts(map, "mitre_attack_id", fields).Concat(Texts(map, "relevantTechniques", fields))) yield return id;
        if (tags is not null)
            foreach (var id in Texts(tags, "mitre_attack_id", fields)) yield return id;
        if (map.Get("Reports") is not YamlMap reports) yield break;
        foreach (var id in Texts(reports, "MITRE ATT&CK", fields)) yield return id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    static IReadOnlyList<string> Texts(YamlMap map, string key, YamlFields fields) => map.Get(key) is YamlList or YamlScalar ? fields.Texts(map, key) : [];
}
