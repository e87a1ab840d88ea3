using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>The first page: what there is, the search, the facets; for whoever comes every day and whoever comes once.</summary>
sealed class StartPage(CatalogModel model, Facets facets)
{
    // Of each facet the most frequent values; the rest stand on the page that lists them.
    const int MaxValues = 8;
    const int MaxRecent = 12;

    /// <summary>The page.</summary>
    public static Page Of(CatalogModel model, Facets facets) => new("", "Karst catalogue", html => new StartPage(model, facets).Write(html)) { HasOwnSearch = true, Json = "index.json" };

    void Write(HtmlWriter html)
    {
        html.Element(Tag.H1, $"What {Lists.Amount(model.Rules.Count, "detection rule")} look for");
        html.Element(Tag.P, "Stages, predicates, indicators, events and ATT&CK coverage of every rule, read from its text.", Attr.Class("lede"));
        using (html.Element(Tag.Div, Attr.Class("bigfind script"), Attr.Role("search"), Attr.Hidden)) Frame.SearchField(html, "rundll32, T1059, DescribeImageScanFindings …");
        using (html.Element(Tag.Div, Attr.Class("browse"), Attr.Id("browse")))
        {
            using (html.Element(Tag.Nav, Attr.Class("facets"), Attr.AriaLabel("Pick rules by")))
                foreach (var facet in facets.All) Facet(html, facet);
            using (html.Element(Tag.Div))
            {
                using (html.Element(Tag.Div, Attr.Id("results"), Attr.Hidden)) { }
                using (html.Element(Tag.Div, Attr.Id("welcome"))) Welcome(html);
            }
        }
    }

    void Facet(HtmlWriter html, Facet facet)
    {
        if (facet.Values.Count == 0) return;
        using var box = html.Element(Tag.Div, Attr.Class("facet"));
        html.Element(Tag.H2, Lists.Capital(facet.Name));
        using var list = html.Element(Tag.Ul);
        foreach (var value in facet.Values.Take(MaxValues))
        {
            using var item = html.Element(Tag.Li);
            html.Element(Tag.A, facet.Name == Facets.Platform ? Lists.Capital(value.Text) : value.Text, Attr.Href(Address.Of(facets.AddressOf(facet.Name, value.Text)!)), Attr.Data(DataName.Facet, facet.Name), Attr.Data(DataName.Value, value.Text));
            html.Text(" ");
            html.Element(Tag.Span, Lists.Number(value.Count), Attr.Class("count"));
        }
        if (facet.Values.Count <= MaxValues || ListOf(facet.Name) is not { } all) return;
        using var more = html.Element(Tag.Li);
        html.Element(Tag.A, $"all {Lists.Number(facet.Values.Count)}", Attr.Href(Address.Of(all)), Attr.Class("more"));
    }

    static string? ListOf(string facet) => facet switch
    {
        Facets.Tactic => Sections.Tactics,
        Facets.Technique => Sections.Techniques,
        Facets.Event or Facets.Provider => Sections.Events,
        Facets.Story => Sections.Stories,
        _ => null,
    };

    void Welcome(HtmlWriter html)
    {
        Numbers(html);
        Tactics(html);
        Coverage(html);
        Recent(html);
        Problems(html);
    }

    void Numbers(HtmlWriter html)
    {
        var techniques = model.Tactics.SelectMany(tactic => tactic.Techniques).DistinctBy(cell => cell.Id).ToList();
        using var list = html.Element(Tag.Ul, Attr.Class("hero"));
        Number(html, Lists.Number(model.Rules.Count), "rules", Sections.Rules);
        Number(html, $"{Lists.Number(techniques.Count(MatrixPage.IsCovered))} of {Lists.Number(techniques.Count)}", "techniques covered", Sections.Tactics);
        Number(html, Lists.Number(model.Events.Count), "events watched", Sections.Events);
        Number(html, Lists.Number(model.Fields.Count), "fields tested", Sections.Fields);
        Number(html, Lists.Number(model.Totals.Running), "run by this Karst", null);
        if (model.Totals.Proven > 0) Number(html, Lists.Number(model.Totals.Proven), "proven by their tests", null);
    }

    static void Number(HtmlWriter html, string number, string what, string? address)
    {
        using var item = html.Element(Tag.Li);
        using var box = address is null ? html.Element(Tag.Div) : html.Element(Tag.A, Attr.Href(Address.Of(address)));
        html.Element(Tag.Strong, number);
        html.Text(" ");
        html.Element(Tag.Span, what);
    }

    void Tactics(HtmlWriter html)
    {
        if (model.Tactics.Count == 0) return;
        using var section = Lists.Section(html, "Rules by tactic", "by-tactic");
        var most = Math.Max(1, model.Tactics.Max(tactic => tactic.Rules));
        using (html.Element(Tag.Ul, Attr.Class("meter")))
            foreach (var tactic in model.Tactics) Bar(html, tactic.Name, tactic.Address, tactic.Rules, most);
        html.Element(Tag.P, "A rule counts under each of its tactics.", Attr.Class("note"));
    }

    void Coverage(HtmlWriter html)
    {
        var totals = model.Totals;
        using var section = Lists.Section(html, "How the events of rules are known", "by-origin");
        using var list = html.Element(Tag.Ul, Attr.Class("meter"));
        Bar(html, "from the search", null, totals.EventsFromPredicates, totals.Rules);
        Bar(html, "from a data model", null, totals.EventsFromDataModel, totals.Rules);
        Bar(html, "from data_source only", null, totals.EventsFromDataSource, totals.Rules);
        Bar(html, "not known", null, totals.EventsUnknown, totals.Rules);
    }

    static void Bar(HtmlWriter html, string text, string? address, int number, int most)
    {
        using var item = html.Element(Tag.Li);
        Lists.Link(html, text, address);
        using (html.Element(Tag.Meter, Attr.Amount(number), Attr.Maximum(Math.Max(1, most)), Attr.AriaLabel($"{text}: {Lists.Amount(number, "rule")}"))) { }
        html.Element(Tag.Span, Lists.Number(number), Attr.Class("count"));
    }

    void Recent(HtmlWriter html)
    {
        var recent = model.Rules.OrderByDescending(rule => rule.ModificationDate, StringComparer.Ordinal).ThenBy(rule => rule.Card.Name, StringComparer.Ordinal).Take(MaxRecent).ToList();
        using var section = Lists.Section(html, "Changed last", "recent");
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var rule in recent)
        {
            using var item = html.Element(Tag.Li);
            Lists.Rule(html, rule.Card);
            if (rule.ModificationDate.Length > 0) html.Element(Tag.Span, $" · {rule.ModificationDate}", Attr.Class("count"));
        }
    }

    void Problems(HtmlWriter html)
    {
        if (model.Problems.Count == 0) return;
        using var section = Lists.Section(html, "Problems", "problems");
        using var line = html.Element(Tag.P);
        Lists.Link(html, $"{Lists.Amount(model.Problems.Count, "problem")} with the files", Sections.Problems);
        html.Text(": the first is ");
        html.Element(Tag.Code, $"{model.Problems[0].Path}:{Lists.Plain(model.Problems[0].Line)}");
        html.Text($" {model.Problems[0].Message}");
    }
}
