using System.Globalization;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Parts;

/// <summary>Lists as all pages show them.</summary>
static class Lists
{
    // The JSON has what is longer.
    const int MaxValue = 500;

    /// <summary>A number with its thousands parted.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A name as headings begin: `splunk` is Splunk.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>`1 rule`, `2 rules`.</summary>
    public static string Amount(long number, string noun, string? plural = null) => $"{Number(number)} {(number == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>A number as it is written in names and ids.</summary>
    public static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value of a rule, leading to its page where it has one.</summary>
    public static void Value(HtmlWriter html, string value, string? address)
    {
        // An empty value is one to look for, and must be seen.
        var shown = value.Length == 0 ? "\"\"" : value.Length <= MaxValue ? value : value[..MaxValue] + " …";
        if (address is null) html.Element(Tag.Span, shown, Attr.Class("value"));
        else
        {
            using var link = html.Element(Tag.A, Attr.Href(Address.Of(address)));
            html.Element(Tag.Span, shown, Attr.Class("value"));
        }
    }

    /// <summary>What a rule calls a link: one where it is an address on the web, else text.</summary>
    public static void WebLink(HtmlWriter html, string text)
    {
        if (Writing.WebLink.Parse(text) is { } link) html.Element(Tag.A, text, Attr.Href(link), Attr.External);
        else html.Text(text);
    }

    /// <summary>A text that is a link where it has a page.</summary>
    public static void Link(HtmlWriter html, string text, string? address, string classes = "")
    {
        if (address is null && classes.Length == 0) html.Text(text);
        else if (address is null) html.Element(Tag.Span, text, Attr.Class(classes));
        else if (classes.Length == 0) html.Element(Tag.A, text, Attr.Href(Address.Of(address)));
        else html.Element(Tag.A, text, Attr.Href(Address.Of(address)), Attr.Class(classes));
    }

    /// <summary>Rules, each with how far it has come, what a hit means, and its techniques.</summary>
    public static void Rules(HtmlWriter html, IEnumerable<RuleCard> rules)
    {
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var rule in rules)
        {
            using var item = html.Element(Tag.Li);
            Rule(html, rule);
        }
        html.Line();
    }

    /// <summary>A rule in a list.</summary>
    public static void Rule(HtmlWriter html, RuleCard rule)
    {
        html.Element(Tag.A, rule.Name, Attr.Href(Address.Of(rule.Address)));
        html.Text(" ");
        html.Element(Tag.Span, string.Join(" · ", ((IEnumerable<string>)[rule.Type, rule.Status, string.Join(' ', rule.Techniques)]).Where(text => text.Length > 0)), Attr.Class("count"));
    }

    /// <summary>Texts with their numbers in columns.</summary>
    public static void Columns(HtmlWriter html, IEnumerable<Counted> entries, bool mono = false)
    {
        using var list = html.Element(Tag.Ul, Attr.Class("columns"));
        foreach (var entry in entries)
        {
            using var item = html.Element(Tag.Li);
            Link(html, entry.Text, entry.Address, mono ? "mono" : "");
            html.Text(" ");
            html.Element(Tag.Span, Number(entry.Count), Attr.Class("count"));
        }
        html.Line();
    }

    /// <summary>A table with a heading for each column; numbers stand to the right.</summary>
    public static HtmlWriter.Scope Table(HtmlWriter html, params ReadOnlySpan<(string Text, bool IsNumber)> columns)
    {
        var table = html.Element(Tag.Table);
        using (html.Element(Tag.Thead))
        using (html.Element(Tag.Tr))
            foreach (var (text, isNumber) in columns) html.Element(Tag.Th, text, Attr.ColumnScope, Attr.Class(isNumber ? "num" : "text"));
        return table;
    }

    /// <summary>Says that a list is longer than what is shown.</summary>
    public static void FirstOf(HtmlWriter html, int shown, int all, string where)
    {
        if (shown < all) html.Element(Tag.P, $"The first {Number(shown)} of {Number(all)}; {where}.", Attr.Class("note"));
    }

    /// <summary>A section with a heading, and the id that it is linked to by.</summary>
    public static HtmlWriter.Scope Section(HtmlWriter html, string title, string id)
    {
        var section = html.Element(Tag.Section, Attr.Id(id));
        html.Element(Tag.H2, title);
        return section;
    }
}
