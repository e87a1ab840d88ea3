using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>An event's page: what it is, what rules test of it, what is detected with it, and the rules.</summary>
static class EventPage
{
    const int MaxRows = 50;

    /// <summary>The page, and those with the rest of its rules.</summary>
    public static IEnumerable<Page> Of(EventEntry entry)
    {
        var rules = new Paging<EventRule>(entry.Address, entry.Rules);
        var page = new Page(entry.Address, TitleOf(entry), html => Write(html, entry, rules))
        {
            Above = [new PageLink("Events", Sections.Events), new PageLink(entry.Provider, entry.ProviderAddress)],
            Json = entry.Address + "index.json",
        };
        return rules.Further((number, address) => new Page(address, $"{TitleOf(entry)}, page {Lists.Plain(number)}", html =>
        {
            html.Element(Tag.H1, $"Rules on {TitleOf(entry)}");
            Rules(html, rules, number);
        })
        { Above = [.. page.Above, new PageLink(TitleOf(entry), entry.Address)] }).Prepend(page);
    }

    /// <summary>Provider and event in one line.</summary>
    public static string TitleOf(EventEntry entry) => $"{entry.Provider} {entry.Event}";

    static void Write(HtmlWriter html, EventEntry entry, Paging<EventRule> rules)
    {
        html.Element(Tag.H1, TitleOf(entry));
        html.Element(Tag.P, entry.Title is { } title ? $"{title} · {Lists.Amount(entry.Rules.Count, "rule")}" : Lists.Amount(entry.Rules.Count, "rule"), Attr.Class("lede"));
        if (entry.Description.Length > 0)
            using (html.Element(Tag.Div, Attr.Class("prose"))) Markdown.Write(html, entry.Description);
        if (entry.Fields.Count > 0)
            using (Lists.Section(html, "Fields that rules test", "fields"))
            {
                Lists.Columns(html, entry.Fields.Take(MaxRows), mono: true);
                Lists.FirstOf(html, MaxRows, entry.Fields.Count, "the JSON of this page has all");
            }
        if (entry.Patterns.Count > 0)
            using (Lists.Section(html, "What is detected with it", "patterns"))
            {
                Lists.Columns(html, entry.Patterns.Take(MaxRows));
                Lists.FirstOf(html, MaxRows, entry.Patterns.Count, "the JSON of this page has all");
            }
        Indicators(html, entry.Indicators);
        using (Lists.Section(html, "Rules", "rules")) Rules(html, rules, 1);
        if (entry.Sample is { } sample)
            using (Lists.Section(html, "A sample event", "sample"))
                new CodeBlock(html, sample, "A sample event") { Id = "sample-text" }.WriteText();
    }

    static void Indicators(HtmlWriter html, IReadOnlyList<CommonIndicator> indicators)
    {
        if (indicators.Count == 0) return;
        using var section = Lists.Section(html, "Common indicators", "indicators");
        using (html.Element(Tag.Div, Attr.Class("scroll")))
        using (Lists.Table(html, ("Field", false), ("Kind", false), ("Value", false), ("Rules", true), ("Platforms", false)))
        using (html.Element(Tag.Tbody))
            foreach (var indicator in indicators.Take(MaxRows)) Indicator(html, indicator);
        Lists.FirstOf(html, MaxRows, indicators.Count, "the JSON of this page has all");
    }

    static void Indicator(HtmlWriter html, CommonIndicator indicator)
    {
        using var row = html.Element(Tag.Tr);
        html.Element(Tag.Td, indicator.Field, Attr.Class("mono"));
        using (html.Element(Tag.Td))
        {
            if (indicator.Negated) html.Element(Tag.Span, "not ", Attr.Class("not"));
            html.Element(Tag.Span, indicator.Kind, Attr.Class("op"));
        }
        using (html.Element(Tag.Td)) Lists.Value(html, indicator.Value, indicator.Address);
        html.Element(Tag.Td, Lists.Number(indicator.Rules), Attr.Class("num"));
        html.Element(Tag.Td, string.Join(", ", indicator.Platforms.Select(platform => $"{platform.Text} {Lists.Number(platform.Count)}")), Attr.Class("muted"));
    }

    static void Rules(HtmlWriter html, Paging<EventRule> rules, int page)
    {
        using (html.Element(Tag.Ul, Attr.Class("list")))
            foreach (var rule in rules.Items(page))
            {
                using var item = html.Element(Tag.Li);
                Lists.Rule(html, rule.Rule);
                if (rule.Origin != "predicates") html.Element(Tag.Span, rule.Origin == "data_model" ? " · by data model" : " · by data source", Attr.Class("count"));
            }
        rules.Write(html, page);
    }
}
