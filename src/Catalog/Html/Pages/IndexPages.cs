using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>The pages that list all of a kind, and those that list the rules of a facet's value.</summary>
static class IndexPages
{
    /// <summary>All of them but the matrix.</summary>
    public static IEnumerable<Page> Of(CatalogModel model, Facets facets) =>
    [
        .. ListPage.Of(new ListPage<RuleCard>(Sections.Rules, "Detection rules", [.. model.Rules.Select(rule => rule.Card)])
        {
            Lede = Lists.Amount(model.Rules.Count, "rule"),
            Json = Sections.Rules + "index.json",
            Write = Lists.Rules,
        }),
        .. Counted(Sections.Techniques, "Techniques", model.Techniques.Select(technique => new Counted(TechniquePage.TitleOf(technique), technique.Rules.Count) { Address = technique.Address })),
        .. Events(model),
        .. Counted(Sections.Fields, "Fields", model.Fields.Select(field => new Counted(field.Name, field.Rules.Count) { Address = field.Address }), mono: true, also: new PageLink("Their values", Sections.Values)),
        .. Counted(Sections.Values, "Values", model.Values.OrderByDescending(value => value.Rules).Select(value => new Counted(ValuePage.NameOf(value), value.Rules) { Address = value.Address }), mono: true),
        .. Counted(Sections.Providers, "Providers", model.Providers.Select(provider => new Counted(provider.Name, provider.Rules) { Address = provider.Address })),
        .. Counted(Sections.Stories, "Analytic stories", model.Stories.Select(story => new Counted(story.Name, story.Rules.Count) { Address = story.Address })),
        .. Counted(Sections.DataSources, "Data sources", model.DataSources.Select(source => new Counted(source.Name, source.Rules.Count) { Address = source.Address })),
        .. Counted(Sections.Macros, "Macros", model.Macros.Select(macro => new Counted(macro.Key, macro.Rules.Count) { Address = macro.Address }), mono: true),
        .. Counted(Sections.Lookups, "Lookups", model.Lookups.Select(lookup => new Counted(lookup.Name, lookup.Rules.Count) { Address = lookup.Address }), mono: true),
        .. Layers(model),
        .. Problems(model),
        .. facets.Own.SelectMany(value => OfFacet(value, facets)),
    ];

    static IEnumerable<Page> Counted(string address, string title, IEnumerable<Counted> entries, bool mono = false, PageLink? also = null)
    {
        var all = entries.ToList();
        return ListPage.Of(new ListPage<Counted>(address, title, all)
        {
            Lede = $"{Lists.Number(all.Count)}, each with its number of rules",
            Json = address + "index.json",
            Size = 1000,
            Before = html =>
            {
                if (also is null) return;
                using var line = html.Element(Tag.P);
                Lists.Link(html, also.Text, also.Address);
            },
            Write = (html, items) => Lists.Columns(html, items, mono),
        });
    }

    static IEnumerable<Page> Events(CatalogModel model) => ListPage.Of(new ListPage<ProviderEntry>(Sections.Events, "Events", model.Providers)
    {
        Lede = $"{Lists.Amount(model.Events.Count, "event")} of {Lists.Amount(model.Providers.Count, "provider")}",
        Size = 500,
        Json = Sections.Events + "index.json",
        Before = html =>
        {
            using var line = html.Element(Tag.P);
            Lists.Link(html, "All providers in one list", Sections.Providers);
        },
        Write = (html, providers) =>
        {
            foreach (var provider in providers)
            {
                using (html.Element(Tag.H2, Attr.Class("small")))
                {
                    Lists.Link(html, provider.Name, provider.Address);
                    html.Text(" ");
                    html.Element(Tag.Span, Lists.Amount(provider.Rules, "rule"), Attr.Class("count"));
                }
                Lists.Columns(html, provider.Events.Take(24).Select(entry => new Counted(entry.Title is { } title ? $"{entry.Event} {title}" : entry.Event, entry.Rules) { Address = entry.Address }));
                Lists.FirstOf(html, 24, provider.Events.Count, "the provider's page has all");
            }
        },
    });

    static IEnumerable<Page> Layers(CatalogModel model) => ListPage.Of(new ListPage<NavigatorLayer>(Sections.Layers, "Navigator layers", model.Layers)
    {
        Lede = "Files for ATT&CK Navigator: open one there to see the coverage on the whole matrix. Each rule's page has its own.",
        Above = [new PageLink("Tactics", Sections.Tactics)],
        Json = Sections.Layers + "index.json",
        Write = (html, layers) =>
        {
            using var list = html.Element(Tag.Ul, Attr.Class("list"));
            foreach (var layer in layers)
            {
                using var item = html.Element(Tag.Li);
                Lists.Link(html, layer.Name, layer.Address);
                html.Text(" ");
                html.Element(Tag.Span, Lists.Amount(layer.Techniques.Count, "technique"), Attr.Class("count"));
                if (layer.Description.Length > 0) html.Element(Tag.P, layer.Description);
            }
        },
    });

    static IEnumerable<Page> Problems(CatalogModel model) => ListPage.Of(new ListPage<CatalogProblem>(Sections.Problems, "Problems", model.Problems)
    {
        Lede = model.Problems.Count == 0 ? "None: every file could be read." : $"{Lists.Amount(model.Problems.Count, "problem")} with the files; the rest of the catalogue is complete without them.",
        Json = Sections.Problems + "index.json",
        Write = (html, problems) =>
        {
            using var list = html.Element(Tag.Ul, Attr.Class("list"));
            foreach (var problem in problems)
            {
                using var item = html.Element(Tag.Li);
                html.Element(Tag.Code, $"{problem.Path}:{Lists.Plain(problem.Line)}");
                if (problem.Rule.Length > 0) html.Text($" {problem.Rule}");
                html.Element(Tag.P, $"{problem.Severity}[{problem.Code}]: {problem.Message}");
            }
        },
    });

    static IEnumerable<Page> OfFacet(FacetPage value, Facets facets)
    {
        var rules = facets.RulesOf(value).Select(rule => rule.Card).ToList();
        return ListPage.Of(new ListPage<RuleCard>(value.Address, $"{Lists.Capital(value.Facet)}: {(value.Facet == Facets.Platform ? Lists.Capital(value.Text) : value.Text)}", rules)
        {
            Lede = Lists.Amount(rules.Count, "rule"),
            Above = [new PageLink("Detection rules", Sections.Rules)],
            Json = value.Address + "index.json",
            Write = Lists.Rules,
        });
    }
}
