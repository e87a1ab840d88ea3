using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Catalog.Html.Pages;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html;

/// <summary>
/// What the search knows: a script that hands its data over, since a page opened from a folder may load scripts and nothing else. Fields,
/// values and techniques are written once and named by their place.
/// </summary>
static class SearchIndex
{
    /// <summary>The file.</summary>
    public const string Address = "search-index.js";

    // The rest of a longer one adds little: what is looked for stands in names, fields and values.
    const int MaxDescription = 1_000;
    const int MaxValue = 200;

    // Values with pages of their own that many rules share are worth jumping to; the others are found through their rule.
    const int SharedBy = 2;

    static readonly string[] s_kinds = ["event", "provider", "technique", "field", "value", "story", "data source", "macro", "lookup"];

    // Escapes everything that could end a script or a line of one, and all that is not ASCII's letters.
    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.BasicLatin), SkipValidation = true };

    /// <summary>The script's bytes.</summary>
    public static byte[] Render(CatalogModel model, Facets facets)
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        output.Write("karstIndex("u8);
        using (var json = new Utf8JsonWriter(output, s_options)) Write(json, model, facets);
        output.Write(");\n"u8);
        return output.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, CatalogModel model, Facets facets)
    {
        var fields = new Places();
        var values = new Places();
        var techniques = new Places();
        json.WriteStartObject();
        json.WriteStartArray("rules");
        foreach (var rule in model.Rules)
        {
            json.WriteStartArray();
            json.WriteStringValue(Invisible.Plain(rule.Card.Name));
            json.WriteStringValue(rule.Card.Address);
            json.WriteStringValue(Invisible.Plain(Cut(rule.Description, MaxDescription)));
            Numbers(json, fields.Of(rule.Indicators.Select(indicator => Invisible.Plain(indicator.Field)).Concat(rule.FieldsNeeded.Select(field => Invisible.Plain(field.Field)))));
            Numbers(json, values.Of(rule.Indicators.SelectMany(indicator => indicator.Values).Select(value => Invisible.Plain(Cut(value.Value, MaxValue)))));
            Numbers(json, techniques.Of(rule.Attack.Select(row => $"{row.Id}\t{row.Name}")));
            Numbers(json, facets.PlacesOf(rule));
            json.WriteEndArray();
        }
        json.WriteEndArray();
        Texts(json, "fields", fields.All);
        Texts(json, "values", values.All);
        json.WriteStartArray("techniques");
        foreach (var technique in techniques.All)
        {
            json.WriteStartArray();
            foreach (var part in technique.Split('\t')) json.WriteStringValue(Invisible.Plain(part));
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("facets");
        foreach (var facet in facets.All)
        {
            json.WriteStartArray();
            json.WriteStringValue(facet.Name);
            json.WriteStartArray();
            foreach (var value in facet.Values) json.WriteStringValue(Invisible.Plain(value.Text));
            json.WriteEndArray();
            json.WriteEndArray();
        }
        json.WriteEndArray();
        Texts(json, "kinds", s_kinds);
        json.WriteStartArray("pages");
        foreach (var (kind, text, address, rules) in PagesOf(model))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Array.IndexOf(s_kinds, kind));
            json.WriteStringValue(Invisible.Plain(Cut(text, MaxValue)));
            json.WriteStringValue(address);
            json.WriteNumberValue(rules);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static IEnumerable<(string Kind, string Text, string Address, int Rules)> PagesOf(CatalogModel model) =>
    [
        .. model.Events.Select(entry => ("event", EventPage.TitleOf(entry) + (entry.Title is { } title ? $" {title}" : ""), entry.Address, entry.Rules.Count)),
        .. model.Providers.Select(provider => ("provider", provider.Name, provider.Address, provider.Rules)),
        .. model.Techniques.Select(technique => ("technique", TechniquePage.TitleOf(technique), technique.Address, technique.Rules.Count)),
        .. model.Fields.Select(field => ("field", field.Name, field.Address, field.Rules.Count)),
        .. model.Values.Where(value => value.Rules >= SharedBy).Select(value => ("value", ValuePage.NameOf(value), value.Address, value.Rules)),
        .. model.Stories.Select(story => ("story", story.Name, story.Address, story.Rules.Count)),
        .. model.DataSources.Select(source => ("data source", source.Name, source.Address, source.Rules.Count)),
        .. model.Macros.Select(macro => ("macro", macro.Key, macro.Address, macro.Rules.Count)),
        .. model.Lookups.Select(lookup => ("lookup", lookup.Name, lookup.Address, lookup.Rules.Count)),
    ];

    static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    static void Numbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Texts that are written once, in the order in which they came.</summary>
    sealed class Places
    {
        readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public List<string> All { get; } = [];

        public IEnumerable<int> Of(IEnumerable<string> texts) => texts.Select(Place).Distinct().Order();

        int Place(string text)
        {
            if (_places.TryGetValue(text, out var place)) return place;
            _places.Add(text, All.Count);
            All.Add(text);
            return All.Count - 1;
        }
    }
}
