using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>A field's page: its names, the kinds of test, its values, the rules.</summary>
static class FieldPage
{
    // Beneath the field's folder, beside those of its values.
    const string ValuePages = "values";

    /// <summary>The page, and those with the rest of its values and rules.</summary>
    public static IEnumerable<Page> Of(FieldEntry field)
    {
        var values = new Paging<Counted>(field.Address, field.Values, name: ValuePages);
        var list = new ListPage<RuleCard>(field.Address, field.Name, field.Rules)
        {
            Lede = $"{Lists.Amount(field.Rules.Count, "rule")}, {Lists.Amount(field.Values.Count, "value")}",
            Above = [new PageLink("Fields", Sections.Fields)],
            Json = field.Address + "index.json",
            Heading = "Rules that test it",
            Before = html => Before(html, field, values),
            Write = Lists.Rules,
        };
        return ListPage.Of(list).Concat(values.Further((number, address) => new Page(address, $"{field.Name}, values, page {Lists.Plain(number)}", html =>
        {
            html.Element(Tag.H1, $"Values of {field.Name}");
            html.Element(Tag.P, $"Page {Lists.Plain(number)} of {Lists.Plain(values.Pages)}", Attr.Class("lede"));
            using var section = html.Element(Tag.Section);
            Values(html, values, number);
        })
        { Above = [.. list.Above, new PageLink(field.Name, field.Address)] }));
    }

    static void Before(HtmlWriter html, FieldEntry field, Paging<Counted> values)
    {
        using (Lists.Section(html, "How it is tested", "kinds")) Lists.Columns(html, field.Kinds, mono: true);
        if (field.Names.Count > 1)
            using (Lists.Section(html, "Its names in rules", "names")) Lists.Columns(html, field.Names, mono: true);
        if (field.Values.Count > 0)
            using (Lists.Section(html, "Its values", "values")) Values(html, values, 1);
    }

    static void Values(HtmlWriter html, Paging<Counted> values, int page)
    {
        using (html.Element(Tag.Ul, Attr.Class("values")))
            foreach (var value in values.Items(page))
            {
                using var item = html.Element(Tag.Li);
                Lists.Value(html, value.Text, value.Address);
                html.Text(" ");
                html.Element(Tag.Span, Lists.Number(value.Count), Attr.Class("count"));
            }
        values.Write(html, page);
    }
}
