using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>`karst catalog diff --format json`: one object.</summary>
public static class DifferenceJson
{
    /// <summary>Writes the difference and a newline.</summary>
    public static void Write(Stream output, CatalogDifference difference)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("schema", "karst.catalog_diff/1");
            json.WriteNumber("same", difference.Same);
            json.Objects("added", difference.Added, Reference);
            json.Objects("removed", difference.Removed, Reference);
            json.Objects("changed", difference.Changed, static (json, rule) =>
            {
                Reference(json, rule.Newer);
                json.WriteNumber("older_version", rule.Older.Version);
                if (rule.Older.Name != rule.Newer.Name) json.WriteString("older_name", rule.Older.Name);
                ChangeJson.Write(json, rule.Change);
            });
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Reference(Utf8JsonWriter json, RuleReference rule)
    {
        json.WriteString("name", rule.Name);
        json.WriteString("id", rule.Id);
        json.WriteNumber("version", rule.Version);
        json.WriteString("source", rule.Source);
    }
}
