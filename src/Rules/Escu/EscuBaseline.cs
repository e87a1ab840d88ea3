using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>A search that fills what detections compare with, as a rule collection describes it: the search as a rule, and the names of the detections that need it.</summary>
public sealed record EscuBaseline(Rule Rule, IReadOnlyList<string> Detections)
{
    /// <summary>Null when the mapping has no name or no search.</summary>
    internal static EscuBaseline? Read(string path, YamlMap map, YamlFields fields)
    {
        if (fields.TextOrNull(map, "name") is not { } name || fields.TextOrNull(map, "search") is not { } search) return null;
        var detections = fields.Map(map, "tags") is { } tags ? fields.Texts(tags, "detections") : [];
        var rule = new Rule
        {
            Path = path,
            Name = name,
            Id = fields.Text(map, "id"),
            Type = RuleType.Hunting,
            Description = fields.Text(map, "description"),
            Search = search,
            SearchMap = TextMap.Of(search),
            Schedule = EscuSchedule.Read(fields, map),
            ScheduleName = map.Get("schedule") is YamlScalar scalar ? scalar.Value : "",
            Places = map.Places,
        };
        return new EscuBaseline(rule, detections);
    }
}
