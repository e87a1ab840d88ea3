using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>A technique's page: where it stands in ATT&amp;CK, rules and tests by platform, the rules.</summary>
static class TechniquePage
{
    /// <summary>The page, and those with the rest of its rules.</summary>
    public static IEnumerable<Page> Of(TechniqueEntry technique, Facets facets) => ListPage.Of(new ListPage<RuleCard>(technique.Address, TitleOf(technique), technique.Rules)
    {
        Lede = $"{Lists.Amount(technique.Rules.Count, "rule")}{(technique.Proven > 0 ? $", {Lists.Number(technique.Proven)} proven here" : "")}",
        Above = [new PageLink("Techniques", Sections.Techniques), .. technique.Parent is { } parent ? (PageLink[])[parent] : []],
        Json = technique.Address + "index.json",
        Heading = "Rules",
        Before = html => Before(html, technique, facets),
        Write = Lists.Rules,
    });

    /// <summary>Id and name.</summary>
    public static string TitleOf(TechniqueEntry technique) => technique.Name == technique.Id ? technique.Id : $"{technique.Id} {technique.Name}";

    static void Before(HtmlWriter html, TechniqueEntry technique, Facets facets)
    {
        using (html.Element(Tag.Ul, Attr.Class("tags")))
        {
            foreach (var tactic in technique.Tactics) Tags.Write(html, tactic, facets.AddressOf(Facets.Tactic, tactic));
            if (technique.Status != "active") Tags.Write(html, technique.Status, tone: "bad");
        }
        if (technique.Status == "unknown") html.Element(Tag.P, "ATT&CK has no technique of this id.", Attr.Class("note"));
        if (technique.Successor is { } successor)
            using (html.Element(Tag.P))
            {
                html.Text("In its place: ");
                Lists.Link(html, successor.Text, successor.Address);
            }
        if (technique.SubTechniques.Count > 0)
            using (Lists.Section(html, "Sub-techniques", "sub-techniques"))
            using (html.Element(Tag.Ul, Attr.Class("columns")))
                foreach (var sub in technique.SubTechniques)
                    using (html.Element(Tag.Li)) Lists.Link(html, sub.Text, sub.Address);
        Numbers(html, technique);
    }

    static void Numbers(HtmlWriter html, TechniqueEntry technique)
    {
        using var section = Lists.Section(html, "By platform", "platforms");
        using var table = Lists.Table(html, ("Platform", false), ("Rules", true), ("Tests", true));
        using var body = html.Element(Tag.Tbody);
        foreach (var platform in technique.Platforms)
        {
            using var row = html.Element(Tag.Tr);
            html.Element(Tag.Th, platform.Text, Attr.RowScope);
            html.Element(Tag.Td, Lists.Number(platform.Count), Attr.Class("num"));
            html.Element(Tag.Td, Lists.Number(technique.Tests.Where(tests => tests.Text == platform.Text).Sum(tests => tests.Count)), Attr.Class("num"));
        }
    }
}
