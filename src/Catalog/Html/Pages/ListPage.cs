using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>A page that is mostly one list: what it lists, and how.</summary>
sealed record ListPage<T>(string Address, string Title, IReadOnlyList<T> Items)
{
    /// <summary>A sentence below the title.</summary>
    public string Lede { get; init; } = "";

    /// <summary>The pages above it.</summary>
    public IReadOnlyList<PageLink> Above { get; init; } = [];

    /// <summary>The JSON with the same content.</summary>
    public string? Json { get; init; }

    /// <summary>Items a page.</summary>
    public int Size { get; init; } = 200;

    /// <summary>Whatever stands before the list, on the first page.</summary>
    public Action<HtmlWriter> Before { get; init; } = static _ => { };

    /// <summary>The heading of the list; empty when the page is nothing else.</summary>
    public string Heading { get; init; } = "";

    /// <summary>Writes the items of one page.</summary>
    public required Action<HtmlWriter, IEnumerable<T>> Write { get; init; }

    /// <summary>Whatever stands behind the list, on the first page.</summary>
    public Action<HtmlWriter> After { get; init; } = static _ => { };
}

/// <summary>Makes the pages of a list.</summary>
static class ListPage
{
    /// <summary>The first page and those that follow it.</summary>
    public static IEnumerable<Page> Of<T>(ListPage<T> list)
    {
        var paging = new Paging<T>(list.Address, list.Items, list.Size);
        var first = new Page(list.Address, list.Title, html =>
        {
            html.Element(Tag.H1, list.Title);
            if (list.Lede.Length > 0) html.Element(Tag.P, list.Lede, Attr.Class("lede"));
            list.Before(html);
            using (html.Element(Tag.Section))
            {
                if (list.Heading.Length > 0) html.Element(Tag.H2, list.Heading);
                list.Write(html, paging.Items(1));
                paging.Write(html, 1);
            }
            list.After(html);
        })
        { Above = list.Above, Json = list.Json };
        return paging.Further((number, address) => new Page(address, $"{list.Title}, page {Lists.Plain(number)}", html =>
        {
            html.Element(Tag.H1, list.Title);
            html.Element(Tag.P, $"Page {Lists.Plain(number)} of {Lists.Plain(paging.Pages)}", Attr.Class("lede"));
            using var section = html.Element(Tag.Section);
            if (list.Heading.Length > 0) html.Element(Tag.H2, list.Heading);
            list.Write(html, paging.Items(number));
            paging.Write(html, number);
        })
        { Above = [.. list.Above, new PageLink(list.Title, list.Address)] }).Prepend(first);
    }

}
