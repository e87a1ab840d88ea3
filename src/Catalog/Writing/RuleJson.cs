using System.Text.Json;
using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Writing;

/// <summary>A rule's page as JSON.</summary>
static class RuleJson
{
    public static void Write(Utf8JsonWriter json, RuleEntry rule)
    {
        Head(json, rule);
        Attack(json, rule);
        Events(json, rule);
        json.Objects("sameAction", rule.SameAction, static (json, row) =>
        {
            json.Rule(row.Rule);
            json.Texts("events", row.Events);
            json.WriteBoolean("same_platform", row.SamePlatform);
        });
        json.WriteString("body", rule.Body.Text);
        json.WriteString("search", rule.Search);
        Analysis(json, rule);
        Findings(json, rule);
        json.Objects("lint", rule.Lint, Lint);
        json.WriteBoolean("runs", rule.Runs);
        json.Text("command", rule.Command);
        Tests(json, rule);
        json.Objects("history", rule.History, static (json, entry) =>
        {
            json.WriteNumber("version", entry.Version);
            json.WriteString("name", entry.Name);
            json.WriteString("modification_date", entry.ModificationDate);
            json.WriteString("source", entry.Source);
            json.WriteString("search", entry.Search);
            ChangeJson.Write(json, entry.Change);
        });
        json.Links("stories", rule.Stories);
        json.Links("data_sources", rule.DataSources);
        json.Objects("macros", rule.Macros, static (json, macro) =>
        {
            json.WriteString("name", macro.Key);
            json.Text("definition", macro.Definition);
            json.WriteString("address", macro.Address);
        });
        json.Links("lookups", rule.Lookups);
        json.Text("layer", rule.Layer);
    }

    static void Head(Utf8JsonWriter json, RuleEntry rule)
    {
        json.WriteString("name", rule.Card.Name);
        json.WriteString("id", rule.Card.Id);
        json.WriteNumber("version", rule.Version);
        json.WriteString("platform", rule.Card.Platform);
        json.WriteString("address", rule.Card.Address);
        json.WriteString("status", rule.Card.Status);
        json.WriteString("type", rule.Card.Type);
        json.WriteString("author", rule.Author);
        json.WriteString("creation_date", rule.CreationDate);
        json.WriteString("modification_date", rule.ModificationDate);
        json.WriteString("source", rule.Source);
        json.WriteString("description", rule.Description);
        json.WriteString("how_to_implement", rule.HowToImplement);
        json.WriteString("known_false_positives", rule.KnownFalsePositives);
        json.Texts("references", rule.References);
        json.WriteString("category", rule.Category);
        json.WriteString("security_domain", rule.SecurityDomain);
        json.WriteString("asset_type", rule.AssetType);
        json.Texts("products", rule.Products);
        json.Texts("cves", rule.Cves);
    }

    static void Attack(Utf8JsonWriter json, RuleEntry rule) => json.Objects("attack", rule.Attack, static (json, row) =>
    {
        json.WriteString("tactic", row.Tactic);
        json.WriteString("id", row.Id);
        json.WriteString("name", row.Name);
        json.WriteString("status", row.Status);
        json.OptionalText("successor", row.Successor?.Text);
        json.WriteString("address", row.Address);
    });

    static void Events(Utf8JsonWriter json, RuleEntry rule)
    {
        json.Objects("events", rule.Events, static (json, row) =>
        {
            json.WriteString("provider", row.Provider);
            json.WriteString("event", row.Event);
            json.OptionalText("title", row.Title);
            json.WriteString("origin", row.Origin);
            json.OptionalText("because", row.Because);
            json.WriteString("address", row.Address);
        });
        json.OptionalText("no_events", rule.NoEvents);
    }

    static void Analysis(Utf8JsonWriter json, RuleEntry rule)
    {
        json.Objects("stages", rule.Stages, static (json, stage) =>
        {
            json.WriteNumber("number", stage.Number);
            json.WriteString("command", stage.Command);
            json.WriteString("text", stage.Text);
            json.OptionalText("macro", stage.Macro);
            json.OptionalText("expansion", stage.Expansion);
            json.WriteBoolean("filter", stage.IsFilter);
            json.Objects("predicates", stage.Predicates, JsonParts.Predicate);
        });
        json.Objects("indicators", rule.Indicators, Indicator);
        json.Objects("unanalyzed", rule.Unanalyzed, static (json, condition) =>
        {
            json.WriteNumber("stage", condition.Stage);
            json.WriteString("text", condition.Text);
            json.WriteString("reason", condition.Reason);
        });
        json.Objects("fields", rule.FieldsNeeded, static (json, need) =>
        {
            json.WriteString("field", need.Field);
            json.WriteString("normalized", need.Normalized);
            json.WriteString("origin", need.Origin);
            json.WriteString("from", need.From);
            json.OptionalText("address", need.Address);
        });
        json.Texts("data_models", rule.DataModels);
    }

    static void Indicator(Utf8JsonWriter json, IndicatorEntry indicator)
    {
        json.WriteString("field", indicator.Field);
        json.WriteString("normalized", indicator.Normalized);
        json.WriteString("kind", indicator.Kind.Name());
        json.WriteBoolean("negated", indicator.Negated);
        json.WriteBoolean("case_sensitive", indicator.CaseSensitive);
        json.Objects("values", indicator.Values, static (json, value) =>
        {
            json.WriteString("value", value.Value);
            json.WriteNumber("count", value.Count);
            if (value.Count > 0) json.Counts("platforms", value.Platforms);
            json.OptionalText("address", value.Address);
        });
        json.OptionalText("computed", indicator.Computed);
        json.OptionalText("address", indicator.Address);
    }

    static void Findings(Utf8JsonWriter json, RuleEntry rule)
    {
        if (rule.Finding is { } finding)
        {
            json.WriteStartObject("finding");
            json.WriteString("title", finding.Title);
            Entity(json, finding.Entity);
            json.WriteEndObject();
        }
        else json.WriteNull("finding");
        json.Objects("entities", rule.Entities, Entity);
        json.Objects("threat_objects", rule.ThreatObjects, static (json, threat) =>
        {
            json.WriteString("field", threat.Field);
            json.WriteString("type", threat.Type);
        });
        json.Objects("drilldowns", rule.Drilldowns, static (json, drilldown) =>
        {
            json.WriteString("name", drilldown.Name);
            json.WriteString("search", drilldown.Search);
            json.Text("earliest_offset", drilldown.EarliestOffset);
            json.Text("latest_offset", drilldown.LatestOffset);
        });
    }

    static void Entity(Utf8JsonWriter json, EntityRow entity)
    {
        json.WriteString("field", entity.Field);
        json.WriteString("type", entity.Type);
        json.WriteNumber("score", entity.Score);
        json.WriteString("message", entity.Message);
    }

    static void Lint(Utf8JsonWriter json, LintEntry lint)
    {
        json.WriteNumber("line", lint.Line);
        json.WriteNumber("column", lint.Column);
        json.WriteNumber("end_line", lint.EndLine);
        json.WriteNumber("end_column", lint.EndColumn);
        json.WriteString("severity", lint.Severity);
        json.WriteString("code", lint.Code);
        json.WriteString("kind", lint.Kind);
        json.WriteString("message", lint.Message);
        json.Text("help", lint.Help);
    }

    static void Tests(Utf8JsonWriter json, RuleEntry rule)
    {
        json.WriteBoolean("proven", rule.IsProven);
        json.Objects("tests", rule.Tests, static (json, test) =>
        {
            json.WriteString("name", test.Name);
            json.Objects("data", test.Data, static (json, data) =>
            {
                json.WriteString("data", data.Data);
                json.WriteString("sourcetype", data.Sourcetype);
                json.WriteString("source", data.Source);
            });
            json.OptionalText("manual", test.Manual);
            json.OptionalText("expected", test.Expected);
            json.WriteBoolean("proven", test.IsProven);
            if (test.Last is not { } last) return;
            json.WriteStartObject("last");
            json.WriteString("state", last.State);
            json.WriteNumber("rows", last.Rows);
            json.WriteNumber("ms", last.Milliseconds);
            json.WriteString("reason", last.Reason);
            json.WriteEndObject();
        });
    }
}
