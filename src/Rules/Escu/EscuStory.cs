using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>An analytic story as a rule collection describes it.</summary>
public sealed record EscuStory(string Name, string Description, string Narrative, IReadOnlyList<string> References, IReadOnlyList<string> Categories)
{
    /// <summary>Null when the mapping has no name.</summary>
    internal static EscuStory? Read(YamlMap map, YamlFields fields)
    {
        if (fields.TextOrNull(map, "name") is not { } name) return null;
        // The newest form has no tags.
        var tags = fields.Map(map, "tags") ?? map;
        return new EscuStory(name, fields.Text(map, "description"), fields.Text(map, "narrative"), fields.Texts(map, "references"), fields.Texts(tags, "category"));
    }
}
