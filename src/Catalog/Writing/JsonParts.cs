using System.Text.Json;
using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Writing;

/// <summary>What many twins have: arrays, links, counts, rules as lists show them, predicates.</summary>
static class JsonParts
{
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A text, or null.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    /// <summary>A key that is only there when there is a text.</summary>
    public static void OptionalText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    public static void Links(this Utf8JsonWriter json, string name, IEnumerable<PageLink> links) => json.Objects(name, links, static (json, link) =>
    {
        json.WriteString("name", link.Text);
        json.OptionalText("address", link.Address);
    });

    public static void Counts(this Utf8JsonWriter json, string name, IEnumerable<Counted> counts) => json.Objects(name, counts, static (json, count) =>
    {
        json.WriteString("name", count.Text);
        json.WriteNumber("rules", count.Count);
        json.OptionalText("address", count.Address);
    });

    public static void Rules(this Utf8JsonWriter json, string name, IEnumerable<RuleCard> rules) => json.Objects(name, rules, Rule);

    public static void Rule(this Utf8JsonWriter json, RuleCard rule)
    {
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("address", rule.Address);
        json.WriteString("platform", rule.Platform);
        json.WriteString("status", rule.Status);
        json.WriteString("type", rule.Type);
        json.Texts("techniques", rule.Techniques);
    }

    /// <summary>A comparison has `field`, a group `any` or `all`, a subsearch `outer` and `inner`.</summary>
    public static void Predicate(this Utf8JsonWriter json, Predicate predicate)
    {
        switch (predicate)
        {
            case FieldPredicate field:
                json.WriteString("field", field.Field);
                json.WriteString("operator", field.Kind.Name());
                json.WriteBoolean("negated", field.Negated);
                json.Texts("values", field.Values);
                json.WriteBoolean("case_sensitive", field.CaseSensitive);
                json.OptionalText("computed", field.Computed);
                break;
            case PredicateGroup group:
                json.Objects(group.Any ? "any" : "all", group.Terms, Predicate);
                break;
            case SubsearchPredicate subsearch:
                json.Objects("outer", subsearch.Outer, Predicate);
                json.Objects("inner", subsearch.Inner, Predicate);
                break;
        }
    }
}
