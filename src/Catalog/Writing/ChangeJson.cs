using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>What changed between two versions of a rule.</summary>
static class ChangeJson
{
    public static void Write(Utf8JsonWriter json, RuleChange change)
    {
        json.Objects("properties", change.Properties, static (json, property) =>
        {
            json.WriteString("name", property.Name);
            json.Text("older", property.Older);
            json.Text("newer", property.Newer);
        });
        Lines(json, "predicates", change.Predicates);
        Lines(json, "indicators", change.Indicators);
        Lines(json, "fields", change.Fields);
    }

    static void Lines(Utf8JsonWriter json, string name, LineChange lines)
    {
        json.WriteStartObject(name);
        json.Texts("added", lines.Added);
        json.Texts("removed", lines.Removed);
        json.WriteEndObject();
    }
}
