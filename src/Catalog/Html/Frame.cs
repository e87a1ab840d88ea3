using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html;

/// <summary>What stands around every page: head, way in, breadcrumb, foot, and the help on keys.</summary>
static class Frame
{
    /// <summary>The style sheet.</summary>
    public static Address Style { get; } = new("karst.css");

    /// <summary>The script.</summary>
    public static Address Script { get; } = new("karst.js");

    /// <summary>The icon in a browser's tab.</summary>
    public static Address Icon { get; } = new("karst.svg");

    static readonly (string Key, string What)[] s_keys =
    [
        ("/", "search"),
        ("j", "next in the list"),
        ("k", "previous in the list"),
        ("Enter", "open"),
        ("Esc", "close"),
        ("?", "this help"),
    ];

    /// <summary>Writes a page in full.</summary>
    public static void Render(Page page, Stream output)
    {
        var html = new HtmlWriter(Address.Of(page.Address));
        using (html.Document())
        {
            html.Head(page.Address.Length == 0 ? page.Title : $"{page.Title} · Karst catalogue", Style, Script, Icon);
            using (html.Element(Tag.Body, Attr.Class(page.IsWide ? "full" : "page")))
            {
                html.Element(Tag.A, "Skip to the content", Attr.Class("skip"), Attr.HrefHere("main"));
                Top(html, page);
                using (html.Element(Tag.Main, Attr.Id("main"), Attr.FocusableByScript))
                {
                    Crumbs(html, page);
                    page.Body(html);
                }
                Foot(html, page);
                Keys(html);
            }
        }
        html.Line();
        html.CopyTo(output);
    }

    /// <summary>Writes a page that stands alone: it links to nothing, and needs no other file.</summary>
    public static byte[] RenderBare(string title, string text)
    {
        var html = new HtmlWriter(default);
        using (html.Document())
        {
            html.Head(title);
            using var body = html.Element(Tag.Body);
            using var main = html.Element(Tag.Main);
            html.Element(Tag.H1, title);
            html.Element(Tag.P, text);
        }
        html.Line();
        return html.ToArray();
    }

    static void Top(HtmlWriter html, Page page)
    {
        using var header = html.Element(Tag.Header, Attr.Class("top"));
        using var row = html.Element(Tag.Div);
        using (html.Element(Tag.A, Attr.Class("brand"), Attr.Href(Address.Of(""))))
        {
            html.Text("Karst ");
            html.Element(Tag.Span, "catalogue");
        }
        using (html.Element(Tag.Nav, Attr.AriaLabel("Catalogue")))
        using (html.Element(Tag.Ul))
            foreach (var (text, address) in Sections.All)
            {
                using var item = html.Element(Tag.Li);
                ReadOnlySpan<Attr> attributes = page.Address == address ? [Attr.Href(Address.Of(address)), Attr.AriaCurrent] : [Attr.Href(Address.Of(address))];
                html.Element(Tag.A, text, attributes);
            }
        using (html.Element(Tag.Div, Attr.Class("tools")))
        {
            if (!page.HasOwnSearch) Search(html);
            html.Element(Tag.Button, "Theme", Attr.TypeButton, Attr.Id("theme"), Attr.Class("script"), Attr.Hidden, Attr.Title("Light or dark"));
            html.Element(Tag.Button, "?", Attr.TypeButton, Attr.Id("help"), Attr.Class("script"), Attr.Hidden, Attr.AriaLabel("Keys"), Attr.Title("Keys"));
        }
    }

    static void Search(HtmlWriter html)
    {
        using var find = html.Element(Tag.Div, Attr.Class("find script"), Attr.Role("search"), Attr.Hidden);
        SearchField(html, "Search  /");
        using (html.Element(Tag.Div, Attr.Class("popup"), Attr.Id("results"), Attr.Hidden)) { }
    }

    /// <summary>The search field, and the line that tells those who cannot see how much was found.</summary>
    public static void SearchField(HtmlWriter html, string hint)
    {
        html.Element(Tag.Label, "Search the catalogue", Attr.Class("sr"), Attr.For("q"));
        using (html.Element(Tag.Input, Attr.TypeSearch, Attr.Id("q"), Attr.Placeholder(hint), Attr.NoAutocomplete, Attr.NoSpellcheck)) { }
        using (html.Element(Tag.Div, Attr.Class("sr"), Attr.Id("status"), Attr.Role("status"))) { }
    }

    static void Crumbs(HtmlWriter html, Page page)
    {
        if (page.Above.Count == 0) return;
        using var nav = html.Element(Tag.Nav, Attr.Class("crumbs"), Attr.AriaLabel("Breadcrumb"));
        using var list = html.Element(Tag.Ol);
        foreach (var above in page.Above)
        {
            using var item = html.Element(Tag.Li);
            Lists.Link(html, above.Text, above.Address);
        }
    }

    static void Foot(HtmlWriter html, Page page)
    {
        using var footer = html.Element(Tag.Footer, Attr.Class("foot"));
        using var row = html.Element(Tag.Div);
        html.Element(Tag.Span, "Made by karst catalog from the text of the rules.");
        if (page.Json is { } json) html.Element(Tag.A, "This page as JSON", Attr.Href(Address.Of(json)));
        html.Element(Tag.A, "Problems with the files", Attr.Href(Address.Of(Sections.Problems)));
        html.Element(Tag.Span, "ATT&CK is a trademark of The MITRE Corporation, Splunk one of Splunk LLC; neither has part in this.");
    }

    static void Keys(HtmlWriter html)
    {
        using var dialog = html.Element(Tag.Dialog, Attr.Id("keys"), Attr.AriaLabelledBy("keys-title"));
        html.Element(Tag.H2, "Keys", Attr.Id("keys-title"));
        using (html.Element(Tag.Dl))
            foreach (var (key, what) in s_keys)
            {
                using (html.Element(Tag.Dt)) html.Element(Tag.Kbd, key);
                html.Element(Tag.Dd, what);
            }
        html.Element(Tag.Button, "Close", Attr.TypeButton, Attr.Id("close"));
    }
}
