using Karst.Catalog.Html.Pages;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;
using Karst.Catalog.Writing;

namespace Karst.Catalog.Html;

/// <summary>
/// The pages of a catalogue, with the style sheet, the script and the search index that they need; and the twins of those pages that only the
/// facets have.
/// </summary>
public sealed class HtmlRenderer : IPageRenderer
{
    /// <inheritdoc/>
    public IEnumerable<CatalogFile> Files(CatalogModel model)
    {
        var facets = new Facets(model);
        return PagesOf(model, facets).Select(page => new CatalogFile(Address.Of(page.Address).Path, output => Frame.Render(page, output)))
            .Concat(facets.Own.Select(value => JsonRenderer.Twin(value.Address, "karst.rules/1", json => ListJson.Rules(json, facets.RulesOf(value)))))
            .Append(Asset(Frame.Style.Path))
            .Append(Asset(Frame.Script.Path))
            .Append(Asset(Frame.Icon.Path))
            .Append(new CatalogFile(SearchIndex.Address, output => output.Write(SearchIndex.Render(model, facets))));
    }

    /// <summary>The page for an address that leads to none. It may be shown at any depth, so it links to nothing.</summary>
    public static byte[] NotFound() => Frame.RenderBare("No such page", "There is no page of this address: the rule may have been renamed or taken away.");

    static IEnumerable<Page> PagesOf(CatalogModel model, Facets facets) =>
    [
        StartPage.Of(model, facets),
        MatrixPage.Of(model),
        .. IndexPages.Of(model, facets),
        .. model.Rules.Select(rule => RulePage.Of(rule, facets)),
        .. model.Events.SelectMany(EventPage.Of),
        .. model.Providers.SelectMany(ProviderPage.Of),
        .. model.Fields.SelectMany(FieldPage.Of),
        .. model.Values.SelectMany(ValuePage.Of),
        .. model.Techniques.SelectMany(technique => TechniquePage.Of(technique, facets)),
        .. model.Tactics.SelectMany(tactic => MatrixPage.Of(tactic, model)),
        .. model.Stories.SelectMany(CollectionPages.Of),
        .. model.DataSources.SelectMany(CollectionPages.Of),
        .. model.Macros.SelectMany(CollectionPages.Of),
        .. model.Lookups.SelectMany(CollectionPages.Of),
    ];

    static CatalogFile Asset(string name) => new(name, output =>
    {
        using var stream = typeof(HtmlRenderer).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the asset {name} is not in the assembly");
        stream.CopyTo(output);
    });
}
