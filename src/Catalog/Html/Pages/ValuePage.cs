using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>A value's page: who else looks for it.</summary>
static class ValuePage
{
    const int MaxTitle = 120;

    /// <summary>The page.</summary>
    public static IEnumerable<Page> Of(ValueEntry value) => ListPage.Of(new ListPage<(ValueUse Use, RuleCard Rule)>(value.Address, TitleOf(value), [.. value.Uses.SelectMany(use => use.Rules.Select(rule => (use, rule)))])
    {
        Lede = $"{Lists.Amount(value.Rules, "rule")} {(value.Rules == 1 ? "looks" : "look")} for this value of {value.Field}",
        Above = [new PageLink("Fields", Sections.Fields), new PageLink(value.Field, value.FieldAddress)],
        Json = value.Address + "index.json",
        Before = html =>
        {
            if (value.Value.Length > MaxTitle) html.Element(Tag.P, value.Value.Length <= 20_000 ? value.Value : value.Value[..20_000] + " …", Attr.Class("value"));
        },
        Write = Uses,
    });

    /// <summary>Field and value in one line, for lists.</summary>
    public static string NameOf(ValueEntry value) => $"{value.Field} {TitleOf(value)}";

    static string TitleOf(ValueEntry value) => value.Value.Length == 0 ? "\"\"" : value.Value.Length <= MaxTitle ? value.Value : value.Value[..MaxTitle] + " …";

    static void Uses(HtmlWriter html, IEnumerable<(ValueUse Use, RuleCard Rule)> rows)
    {
        foreach (var use in rows.GroupBy(row => row.Use, row => row.Rule))
        {
            using (html.Element(Tag.H2))
            {
                if (use.Key.Negated) html.Element(Tag.Span, "not ", Attr.Class("not"));
                html.Element(Tag.Code, use.Key.Kind);
                html.Text(" ");
                html.Element(Tag.Span, Lists.Number(use.Key.Rules.Count), Attr.Class("count"));
            }
            Lists.Rules(html, use);
        }
    }
}
