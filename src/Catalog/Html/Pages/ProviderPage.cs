using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>A provider's page: its events.</summary>
static class ProviderPage
{
    /// <summary>The page, and those with the rest of its events.</summary>
    public static IEnumerable<Page> Of(ProviderEntry provider) => ListPage.Of(new ListPage<ProviderEvent>(provider.Address, provider.Name, provider.Events)
    {
        Lede = $"{Lists.Amount(provider.Events.Count, "event")}, {Lists.Amount(provider.Rules, "rule")}",
        Above = [new PageLink("Events", Sections.Events)],
        Json = provider.Address + "index.json",
        Write = (html, events) => Events(html, events),
    });

    /// <summary>Events with their titles and numbers of rules.</summary>
    static void Events(HtmlWriter html, IEnumerable<ProviderEvent> events)
    {
        using var scroll = html.Element(Tag.Div, Attr.Class("scroll"));
        using var table = Lists.Table(html, ("Event", false), ("Title", false), ("Rules", true));
        using var body = html.Element(Tag.Tbody);
        foreach (var entry in events)
        {
            using var row = html.Element(Tag.Tr);
            using (html.Element(Tag.Th, Attr.RowScope)) Lists.Link(html, entry.Event, entry.Address);
            html.Element(Tag.Td, entry.Title ?? "");
            html.Element(Tag.Td, Lists.Number(entry.Rules), Attr.Class("num"));
        }
    }
}
