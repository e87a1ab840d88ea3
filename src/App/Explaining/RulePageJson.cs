using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.App.Explaining;

/// <summary>The rule page as one JSON object.</summary>
static class RulePageJson
{
    /// <summary>Prints a page to stdout, as one line.</summary>
    public static void Write(RulePage page)
    {
        using var output = StandardOutputStream.Open();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", "karst.explain/1");
            json.WriteString("name", page.Rule.Name);
            json.WriteString("id", page.Rule.Id);
            json.WriteNumber("version", page.Rule.Version);
            json.WriteString("platform", "splunk");
            json.WriteString("status", page.Rule.Status.ToString().ToLowerInvariant());
            json.WriteString("type", page.Rule.Type == RuleType.Ttp ? "TTP" : page.Rule.Type.ToString());
            Array(json, "attack", page.Attack, technique =>
            {
                json.WriteString("tactic", technique.Tactic);
                json.WriteString("id", technique.Id);
                json.WriteString("name", technique.Name);
            });
            Array(json, "events", page.Events, covered =>
            {
                json.WriteString("provider", covered.Provider);
                json.WriteString("event", covered.Event);
            });
            Array(json, "stages", page.Analysis.Stages, stage =>
            {
                json.WriteNumber("number", stage.Number);
                json.WriteString("command", stage.Command);
                json.WriteString("text", stage.Text);
                if (stage.Expansion is { } expansion) json.WriteString("expansion", expansion);
                Texts(json, "predicates", stage.Predicates.Select(predicate => predicate.Describe()));
            });
            Array(json, "indicators", page.Analysis.Indicators, indicator =>
            {
                json.WriteString("field", indicator.Field);
                json.WriteString("kind", indicator.Kind.Name());
                json.WriteBoolean("negated", indicator.Negated);
                Texts(json, "values", indicator.Values);
                if (indicator.Computed is { } computed) json.WriteString("computed", computed);
            });
            Array(json, "fields", page.Fields, field =>
            {
                json.WriteString("field", field.Field);
                json.WriteString("from", field.From);
            });
            Texts(json, "plan", (page.Compiled.Plan?.Stages ?? []).Select(stage => stage.Describe()));
            if (page.Outcome is not null)
                Array(json, "rows", page.Outcome.Stages, stage =>
                {
                    json.WriteString("stage", stage.Description);
                    json.WriteNumber("in", stage.In);
                    json.WriteNumber("out", stage.Out);
                });
            if (page.NearestMiss is { } miss) json.WriteString("nearest_miss", miss);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
