using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>The start page and the lists, as JSON: names with addresses; what is said of each stands in its own twin.</summary>
static class ListJson
{
    public static void Start(Utf8JsonWriter json, CatalogModel model)
    {
        var totals = model.Totals;
        json.WriteStartObject("totals");
        json.WriteNumber("rules", totals.Rules);
        json.WriteNumber("runs", totals.Running);
        json.WriteNumber("proven", totals.Proven);
        json.WriteNumber("with_indicators", totals.WithIndicators);
        json.WriteNumber("unanalyzed", totals.Unanalyzed);
        json.WriteNumber("events_from_predicates", totals.EventsFromPredicates);
        json.WriteNumber("events_from_data_model", totals.EventsFromDataModel);
        json.WriteNumber("events_from_data_source", totals.EventsFromDataSource);
        json.WriteNumber("events_unknown", totals.EventsUnknown);
        json.WriteNumber("problems", model.Problems.Count);
        json.WriteEndObject();
        json.Objects("facets", totals.Facets, static (json, facet) =>
        {
            json.WriteString("name", facet.Name);
            json.Counts("values", facet.Values);
        });
    }

    public static void Rules(Utf8JsonWriter json, IReadOnlyList<RuleEntry> rules) => json.Objects("rules", rules, static (json, rule) =>
    {
        json.Rule(rule.Card);
        json.WriteNumber("version", rule.Version);
        json.WriteBoolean("runs", rule.Runs);
        json.WriteBoolean("proven", rule.IsProven);
    });

    public static void Values(Utf8JsonWriter json, IReadOnlyList<ValueEntry> values) => json.Objects("values", values, static (json, value) =>
    {
        json.WriteString("field", value.Field);
        json.WriteString("value", value.Value);
        json.WriteNumber("rules", value.Rules);
        json.WriteString("address", value.Address);
    });

    public static void Problems(Utf8JsonWriter json, IReadOnlyList<CatalogProblem> problems) => json.Objects("problems", problems, static (json, problem) =>
    {
        json.WriteString("file", problem.Path);
        json.WriteNumber("line", problem.Line);
        json.WriteNumber("column", problem.Column);
        json.WriteString("severity", problem.Severity);
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        json.WriteString("rule", problem.Rule);
    });

    public static void LayerList(Utf8JsonWriter json, IReadOnlyList<NavigatorLayer> layers) => json.Objects("layers", layers, static (json, layer) =>
    {
        json.WriteString("name", layer.Name);
        json.WriteString("description", layer.Description);
        json.WriteString("address", layer.Address);
    });
}
