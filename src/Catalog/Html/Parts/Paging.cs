using System.Globalization;
using Karst.Catalog.Html.Writing;

namespace Karst.Catalog.Html.Parts;

/// <summary>A long list cut into pages: the first stands on the page itself, the others in folders beneath it (`page-2/`).</summary>
sealed class Paging<T>(string address, IReadOnlyList<T> items, int size = 200, string name = "page")
{
    /// <summary>The number of pages, at least one.</summary>
    public int Pages => Math.Max(1, (items.Count + size - 1) / size);

    /// <summary>The items of a page, which counts from 1.</summary>
    public IEnumerable<T> Items(int page) => items.Skip((page - 1) * size).Take(size);

    /// <summary>The address of a page.</summary>
    public string AddressOf(int page) => page == 1 ? address : string.Create(CultureInfo.InvariantCulture, $"{address}{name}-{page}/");

    /// <summary>The pages behind the first, as the caller makes them of a page's number and address.</summary>
    public IEnumerable<Page> Further(Func<int, string, Page> make) => Enumerable.Range(2, Pages - 1).Select(page => make(page, AddressOf(page)));

    /// <summary>Writes the way to the other pages, when there are any.</summary>
    public void Write(HtmlWriter html, int current)
    {
        if (Pages == 1) return;
        using var nav = html.Element(Tag.Nav, Attr.AriaLabel("Pages"));
        using var list = html.Element(Tag.Ul, Attr.Class("pages"));
        for (var page = 1; page <= Pages; page++)
        {
            using var item = html.Element(Tag.Li);
            var text = page.ToString(CultureInfo.InvariantCulture);
            if (page == current) html.Element(Tag.Span, text, Attr.AriaCurrent);
            else html.Element(Tag.A, text, Attr.Href(Address.Of(AddressOf(page))), Attr.AriaLabel($"Page {text}"));
        }
    }
}
