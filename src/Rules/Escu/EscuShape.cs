using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>Tells detections from the other files of a rule collection by their keys.</summary>
static class EscuShape
{
    static readonly string[] s_detectionKeys =
        ["drilldown_searches", "finding", "intermediate_findings", "rba", "threat_objects", "tests", "how_to_implement", "known_false_positives", "search"];

    /// <summary>What the file is instead of a detection; null when it is one, or means to be one.</summary>
    public static string? Other(YamlNode? node)
    {
        if (node is not YamlMap map) return node is null ? "it is empty" : $"it holds {node.Kind}";
        if (map.Get("type") is YamlScalar { Value: "Baseline" or "Investigation" or "baseline" or "investigation" }) return "it is a baseline or an investigation";
        // The newest baselines have no type. A detection may say when it is run, too.
        if (map.Get("type") is null && (map.Get("deployment") is not null || map.Get("custom_schedule") is not null || map.Get("schedule") is YamlScalar)) return "it is a baseline";
        if (ListedRules.PlatformOf(map) is { } platform) return $"it is a rule of another platform: {platform}";
        if (map.Get("scheduling") is YamlMap && map.Get("search") is null) return "it is a deployment";
        if (Array.Exists(s_detectionKeys, key => map.Find(key) is not null)) return null;
        if (map.Get("definition") is not null) return "it is a macro";
        if (map.Get("narrative") is not null) return "it is a story";
        if (map.Get("type") is YamlScalar { Value: "TTP" or "Anomaly" or "Hunting" or "Correlation" }) return null;
        return "it has neither a search nor anything else that a detection has";
    }
}
