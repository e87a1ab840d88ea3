using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>The pages that are made of rules, as JSON.</summary>
static class PageJson
{
    public static void Write(Utf8JsonWriter json, EventEntry entry)
    {
        json.WriteString("provider", entry.Provider);
        json.WriteString("event", entry.Event);
        json.OptionalText("title", entry.Title);
        json.WriteString("address", entry.Address);
        json.WriteString("provider_address", entry.ProviderAddress);
        json.WriteString("description", entry.Description);
        json.Text("sample", entry.Sample);
        json.Counts("fields", entry.Fields);
        json.Counts("patterns", entry.Patterns);
        json.Objects("indicators", entry.Indicators, static (json, common) =>
        {
            json.WriteString("field", common.Field);
            json.WriteString("kind", common.Kind);
            json.WriteBoolean("negated", common.Negated);
            json.WriteString("value", common.Value);
            json.WriteNumber("rules", common.Rules);
            json.Counts("platforms", common.Platforms);
            json.WriteString("address", common.Address);
        });
        json.Objects("rules", entry.Rules, static (json, use) =>
        {
            json.Rule(use.Rule);
            json.WriteString("origin", use.Origin);
        });
    }

    public static void Write(Utf8JsonWriter json, ProviderEntry entry)
    {
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.WriteNumber("rules", entry.Rules);
        json.Objects("events", entry.Events, static (json, known) =>
        {
            json.WriteString("event", known.Event);
            json.OptionalText("title", known.Title);
            json.WriteNumber("rules", known.Rules);
            json.WriteString("address", known.Address);
        });
    }

    public static void Write(Utf8JsonWriter json, FieldEntry entry)
    {
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.Counts("names", entry.Names);
        json.Counts("kinds", entry.Kinds);
        json.Counts("values", entry.Values);
        json.Rules("rules", entry.Rules);
    }

    public static void Write(Utf8JsonWriter json, ValueEntry entry)
    {
        json.WriteString("field", entry.Field);
        json.WriteString("value", entry.Value);
        json.WriteString("address", entry.Address);
        json.WriteString("field_address", entry.FieldAddress);
        json.WriteNumber("rules", entry.Rules);
        json.Objects("uses", entry.Uses, static (json, use) =>
        {
            json.WriteString("kind", use.Kind);
            json.WriteBoolean("negated", use.Negated);
            json.Rules("rules", use.Rules);
        });
    }

    public static void Write(Utf8JsonWriter json, TechniqueEntry entry)
    {
        json.WriteString("id", entry.Id);
        json.WriteString("name", entry.Name);
        json.WriteString("status", entry.Status);
        json.WriteString("address", entry.Address);
        json.Texts("tactics", entry.Tactics);
        json.OptionalText("successor", entry.Successor?.Text);
        json.OptionalText("parent", entry.Parent?.Text);
        json.Links("sub_techniques", entry.SubTechniques);
        json.Counts("platforms", entry.Platforms);
        json.Objects("tests", entry.Tests, static (json, count) =>
        {
            json.WriteString("name", count.Text);
            json.WriteNumber("tests", count.Count);
        });
        json.WriteNumber("proven", entry.Proven);
        json.Rules("rules", entry.Rules);
    }

    public static void Write(Utf8JsonWriter json, TacticEntry entry)
    {
        json.WriteString("id", entry.Id);
        json.WriteString("short_name", entry.ShortName);
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.WriteNumber("rules", entry.Rules);
        json.Objects("techniques", entry.Techniques, Cell);
    }

    public static void Write(Utf8JsonWriter json, StoryEntry entry)
    {
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.WriteString("description", entry.Description);
        json.WriteString("narrative", entry.Narrative);
        json.Texts("references", entry.References);
        json.Texts("categories", entry.Categories);
        json.Counts("techniques", entry.Techniques);
        json.Counts("events", entry.Events);
        json.WriteNumber("proven", entry.Proven);
        json.Rules("rules", entry.Rules);
    }

    public static void Write(Utf8JsonWriter json, DataSourceEntry entry)
    {
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.WriteString("description", entry.Description);
        json.WriteString("source", entry.Source);
        json.WriteString("sourcetype", entry.Sourcetype);
        json.Texts("add_ons", entry.AddOns);
        json.Texts("fields", entry.Fields);
        json.Text("sample", entry.Sample);
        json.OptionalText("event", entry.Event?.Text);
        json.OptionalText("event_address", entry.Event?.Address);
        json.Rules("rules", entry.Rules);
    }

    public static void Write(Utf8JsonWriter json, MacroEntry entry)
    {
        json.WriteString("name", entry.Key);
        json.WriteString("address", entry.Address);
        json.Text("definition", entry.Definition);
        json.Texts("arguments", entry.Arguments);
        json.Rules("rules", entry.Rules);
    }

    public static void Write(Utf8JsonWriter json, LookupEntry entry)
    {
        json.WriteString("name", entry.Name);
        json.WriteString("address", entry.Address);
        json.WriteString("kind", entry.Kind);
        json.WriteString("table", entry.Table);
        json.Texts("columns", entry.Columns);
        json.OptionalText("problem", entry.Problem);
        json.Rules("rules", entry.Rules);
    }

    static void Cell(Utf8JsonWriter json, TacticCell cell)
    {
        json.WriteString("id", cell.Id);
        json.WriteString("name", cell.Name);
        json.WriteNumber("rules", cell.Rules);
        json.WriteNumber("all_rules", cell.AllRules);
        json.WriteNumber("proven", cell.Proven);
        json.OptionalText("address", cell.Address);
        json.Objects("sub_techniques", cell.SubTechniques, Cell);
    }
}
