using System.Globalization;
using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>A layer of ATT&amp;CK Navigator, layer format 4.5. Colours and scores are those that rule collections use: the score is the number of rules.</summary>
static class LayerJson
{
    // Names beyond these stand in the catalogue.
    const int MaxNames = 50;

    public static void Write(Utf8JsonWriter json, NavigatorLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Name);
        json.WriteStartObject("versions");
        json.WriteString("attack", "18");
        json.WriteString("navigator", "5.1.0");
        json.WriteString("layer", "4.5");
        json.WriteEndObject();
        json.WriteString("domain", "enterprise-attack");
        json.WriteString("description", layer.Description);
        json.WriteNumber("sorting", 3);
        Layout(json);
        json.WriteBoolean("hideDisabled", false);
        json.Objects("techniques", layer.Techniques, Technique);
        Gradient(json, layer);
        json.Objects("legendItems", [("no rule", "#ffffff")], static (json, item) =>
        {
            json.WriteString("label", item.Item1);
            json.WriteString("color", item.Item2);
        });
        json.Texts("metadata", []);
        json.Texts("links", []);
        json.WriteBoolean("showTacticRowBackground", true);
        json.WriteString("tacticRowBackground", "#dddddd");
        json.WriteBoolean("selectTechniquesAcrossTactics", true);
        json.WriteBoolean("selectSubtechniquesWithParent", false);
        json.WriteBoolean("selectVisibleTechniques", false);
        json.WriteEndObject();
    }

    static void Layout(Utf8JsonWriter json)
    {
        json.WriteStartObject("layout");
        json.WriteString("layout", "side");
        json.WriteBoolean("showID", true);
        json.WriteBoolean("showName", true);
        json.WriteBoolean("showAggregateScores", true);
        json.WriteBoolean("countUnscored", false);
        json.WriteString("aggregateFunction", "max");
        json.WriteString("expandedSubtechniques", "annotated");
        json.WriteEndObject();
    }

    static void Technique(Utf8JsonWriter json, LayerTechnique technique)
    {
        var rules = technique.Rules == 1 ? "1 rule" : string.Create(CultureInfo.InvariantCulture, $"{technique.Rules} rules");
        json.WriteString("techniqueID", technique.Id);
        json.WriteNumber("score", technique.Rules);
        json.WriteString("comment", string.Create(CultureInfo.InvariantCulture, $"{rules}, {technique.Proven} proven by test"));
        json.WriteBoolean("enabled", true);
        json.Objects("metadata", Metadata(technique), static (json, item) =>
        {
            json.WriteString("name", item.Name);
            json.WriteString("value", item.Value);
        });
        json.WriteBoolean("showSubtechniques", false);
    }

    static IEnumerable<(string Name, string Value)> Metadata(LayerTechnique technique)
    {
        yield return ("rules", technique.Rules.ToString(CultureInfo.InvariantCulture));
        yield return ("proven", technique.Proven.ToString(CultureInfo.InvariantCulture));
        foreach (var name in technique.RuleNames.Take(MaxNames)) yield return ("rule", name);
    }

    static void Gradient(Utf8JsonWriter json, NavigatorLayer layer)
    {
        json.WriteStartObject("gradient");
        json.Texts("colors", ["#ffffff", "#66b1ff", "#096ed7"]);
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", Math.Max(1, layer.Techniques.Select(static technique => technique.Rules).DefaultIfEmpty().Max()));
        json.WriteEndObject();
    }
}
