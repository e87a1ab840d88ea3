using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>The tactic matrix: a column a tactic, a cell a technique, darker with more rules. What no rule covers is there too, empty.</summary>
static class MatrixPage
{
    // Upper ends of the shades: most techniques have few rules, some have a hundred.
    static readonly (int From, string Text)[] s_shades = [(1, "1"), (2, "2 to 4"), (5, "5 to 14"), (15, "15 to 49"), (50, "50 or more")];

    /// <summary>The page.</summary>
    public static Page Of(CatalogModel model) => new(Sections.Tactics, "Coverage of ATT&CK", html => Write(html, model)) { IsWide = true, Json = Sections.Tactics + "index.json" };

    /// <summary>The page of one tactic: its techniques with their sub-techniques, and the rules.</summary>
    public static IEnumerable<Page> Of(TacticEntry tactic, CatalogModel model)
    {
        var rules = model.Rules.Where(rule => rule.Card.Tactics.Contains(tactic.Name)).Select(rule => rule.Card).ToList();
        return ListPage.Of(new ListPage<RuleCard>(tactic.Address, tactic.Name, rules)
        {
            Lede = $"{tactic.Id} · {Lists.Amount(rules.Count, "rule")} · {Lists.Number(tactic.Techniques.Count(IsCovered))} of {Lists.Amount(tactic.Techniques.Count, "technique")} covered",
            Above = [new PageLink("Tactics", Sections.Tactics)],
            Json = tactic.Address + "index.json",
            Heading = "Rules",
            Before = html => Techniques(html, tactic),
            Write = Lists.Rules,
        });
    }

    /// <summary>A rule names the technique or one of its sub-techniques.</summary>
    public static bool IsCovered(TacticCell cell) => cell.AllRules > 0;

    static void Write(HtmlWriter html, CatalogModel model)
    {
        html.Element(Tag.H1, "Coverage of ATT&CK");
        var techniques = model.Tactics.SelectMany(tactic => tactic.Techniques).DistinctBy(cell => cell.Id).ToList();
        html.Element(Tag.P, $"{Lists.Number(techniques.Count(IsCovered))} of {Lists.Amount(techniques.Count, "technique")} have a rule. A number counts rules, those of sub-techniques included.", Attr.Class("lede"));
        Legend(html);
        using (html.Element(Tag.P, Attr.Class("note")))
        {
            Lists.Link(html, "The same as layers for ATT&CK Navigator", Sections.Layers);
        }
        using var matrix = html.Element(Tag.Ol, Attr.Class("matrix"));
        foreach (var tactic in model.Tactics)
        {
            using var column = html.Element(Tag.Li);
            using (html.Element(Tag.H2)) Lists.Link(html, tactic.Name, tactic.Address);
            html.Element(Tag.Span, $"{Lists.Amount(tactic.Rules, "rule")}, {Lists.Number(tactic.Techniques.Count(IsCovered))} of {Lists.Number(tactic.Techniques.Count)}", Attr.Class("count"));
            Cells(html, tactic.Techniques);
            html.Line();
        }
    }

    static void Legend(HtmlWriter html)
    {
        using var list = html.Element(Tag.Ul, Attr.Class("legend"), Attr.AriaLabel("Shades"));
        html.Element(Tag.Li, "no rule", Attr.Class("heat-0"));
        for (var shade = 0; shade < s_shades.Length; shade++) html.Element(Tag.Li, s_shades[shade].Text, Attr.Class($"heat-{Lists.Plain(shade + 1)}"));
    }

    static void Techniques(HtmlWriter html, TacticEntry tactic)
    {
        using var section = Lists.Section(html, "Techniques", "techniques");
        using var scroll = html.Element(Tag.Div, Attr.Class("cells tactic"));
        foreach (var cell in tactic.Techniques)
        {
            using var item = html.Element(Tag.Div);
            Cell(html, cell);
            if (cell.SubTechniques.Any(IsCovered)) Cells(html, cell.SubTechniques.Where(IsCovered));
        }
    }

    static void Cells(HtmlWriter html, IEnumerable<TacticCell> cells)
    {
        using var list = html.Element(Tag.Ul, Attr.Class("cells"));
        foreach (var cell in cells)
            using (html.Element(Tag.Li)) Cell(html, cell);
    }

    static void Cell(HtmlWriter html, TacticCell cell)
    {
        var classes = Attr.Class($"cell heat-{Lists.Plain(ShadeOf(cell.AllRules))}");
        using var box = cell.Address is { } address ? html.Element(Tag.A, classes, Attr.Href(Address.Of(address)), Attr.Title(cell.Id)) : html.Element(Tag.Span, classes, Attr.Title(cell.Id));
        if (cell.AllRules > 0) html.Element(Tag.B, Lists.Number(cell.AllRules));
        html.Text(cell.Name);
    }

    static int ShadeOf(int rules) => Array.FindLastIndex(s_shades, shade => rules >= shade.From) + 1;
}
