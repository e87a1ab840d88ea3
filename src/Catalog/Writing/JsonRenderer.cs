using System.Text.Json;
using Karst.Catalog.Building;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>The JSON twin of every page, `index.json` at the page's address, and the Navigator layers. The first key of each twin is its `schema`.</summary>
public sealed class JsonRenderer : IPageRenderer
{
    /// <inheritdoc/>
    public IEnumerable<CatalogFile> Files(CatalogModel model) =>
        Start(model)
            .Concat(model.Rules.Select(rule => Twin(rule.Card.Address, "karst.rule/1", json => RuleJson.Write(json, rule))))
            .Concat(model.Rules.Select(Layers.Of).OfType<NavigatorLayer>().Select(Layer))
            .Concat(Pages(model.Events, "karst.event/1", "events", static entry => new Counted($"{entry.Provider} {entry.Event}", entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.Providers, "karst.provider/1", "providers", static entry => new Counted(entry.Name, entry.Rules) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.Fields, "karst.field/1", "fields", static entry => new Counted(entry.Name, entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(model.Values.Select(entry => Twin(entry.Address, "karst.value/1", json => PageJson.Write(json, entry))))
            .Concat(Pages(model.Techniques, "karst.technique/1", "techniques", static entry => new Counted($"{entry.Id} {entry.Name}", entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.Stories, "karst.story/1", "stories", static entry => new Counted(entry.Name, entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.DataSources, "karst.data_source/1", "data-sources", static entry => new Counted(entry.Name, entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.Macros, "karst.macro/1", "macros", static entry => new Counted(entry.Key, entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(Pages(model.Lookups, "karst.lookup/1", "lookups", static entry => new Counted(entry.Name, entry.Rules.Count) { Address = entry.Address }, PageJson.Write))
            .Concat(model.Tactics.Select(entry => Twin(entry.Address, "karst.tactic/1", json => PageJson.Write(json, entry))))
            .Concat(model.Layers.Select(Layer));

    static IEnumerable<CatalogFile> Start(CatalogModel model) =>
    [
        Twin("", "karst.catalog/1", json => ListJson.Start(json, model)),
        Twin("rules/", "karst.rules/1", json => ListJson.Rules(json, model.Rules)),
        Twin("tactics/", "karst.tactics/1", json => json.Objects("tactics", model.Tactics, PageJson.Write)),
        Twin("values/", "karst.values/1", json => ListJson.Values(json, model.Values)),
        Twin("problems/", "karst.problems/1", json => ListJson.Problems(json, model.Problems)),
        Twin("layers/", "karst.layers/1", json => ListJson.LayerList(json, model.Layers)),
    ];

    // A twin an entry, and one of their list.
    static IEnumerable<CatalogFile> Pages<T>(IReadOnlyList<T> entries, string schema, string folder, Func<T, Counted> link, Action<Utf8JsonWriter, T> write) =>
        entries.Select(entry => Twin(link(entry).Address!, schema, json => write(json, entry)))
            .Append(Twin($"{folder}/", $"karst.{folder.Replace('-', '_')}/1", json => json.Counts(folder.Replace('-', '_'), entries.Select(link))));

    /// <summary>A page's twin.</summary>
    internal static CatalogFile Twin(string address, string schema, Action<Utf8JsonWriter> write) => new(address + "index.json", stream =>
    {
        // The default encoder writes nothing that HTML could take for markup, and no invisible character as itself.
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("schema", schema);
        write(json);
        json.WriteEndObject();
    });

    static CatalogFile Layer(NavigatorLayer layer) => new(layer.Address, stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        LayerJson.Write(json, layer);
    });
}
