using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>Pages of what a collection says beside its rules: stories, data sources, macros, lookups.</summary>
static class CollectionPages
{
    /// <summary>A story: what it tells, what it covers, its rules.</summary>
    public static IEnumerable<Page> Of(StoryEntry story) => ListPage.Of(new ListPage<RuleCard>(story.Address, story.Name, story.Rules)
    {
        Lede = $"{Lists.Amount(story.Rules.Count, "rule")}{(story.Proven > 0 ? $", {Lists.Number(story.Proven)} proven here" : "")}{string.Concat(story.Categories.Select(category => $" · {category}"))}",
        Above = [new PageLink("Stories", Sections.Stories)],
        Json = story.Address + "index.json",
        Heading = "Rules",
        Before = html =>
        {
            Prose(html, story.Description);
            Prose(html, story.Narrative);
            Counts(html, "Techniques", "techniques", story.Techniques);
            Counts(html, "Events", "events", story.Events);
        },
        Write = Lists.Rules,
        After = html => References(html, story.References),
    });

    /// <summary>A data source: what it has, and the rules that name it.</summary>
    public static IEnumerable<Page> Of(DataSourceEntry source) => ListPage.Of(new ListPage<RuleCard>(source.Address, source.Name, source.Rules)
    {
        Lede = Lists.Amount(source.Rules.Count, "rule"),
        Above = [new PageLink("Data sources", Sections.DataSources)],
        Json = source.Address + "index.json",
        Heading = "Rules that name it",
        Before = html =>
        {
            Prose(html, source.Description);
            Facts(html, ("Sourcetype", source.Sourcetype), ("Source", source.Source), ("Add-ons", string.Join(", ", source.AddOns)));
            if (source.Event is not { } named) return;
            using var line = html.Element(Tag.P);
            html.Text("As an event: ");
            Lists.Link(html, named.Text, named.Address);
        },
        Write = Lists.Rules,
        After = html =>
        {
            if (source.Fields.Count > 0)
                using (Lists.Section(html, "Fields", "fields"))
                using (html.Element(Tag.Ul, Attr.Class("columns")))
                    foreach (var field in source.Fields) html.Element(Tag.Li, field, Attr.Class("mono"));
            if (source.Sample is { } sample)
                using (Lists.Section(html, "A sample event", "sample"))
                    new CodeBlock(html, sample, "A sample event") { Id = "sample-text" }.WriteText();
        },
    });

    /// <summary>A macro: what it stands for, and who uses it.</summary>
    public static IEnumerable<Page> Of(MacroEntry macro) => ListPage.Of(new ListPage<RuleCard>(macro.Address, macro.Key, macro.Rules)
    {
        Lede = $"{Lists.Amount(macro.Rules.Count, "rule")}{(macro.Arguments.Count > 0 ? $" · arguments {string.Join(", ", macro.Arguments)}" : "")}",
        Above = [new PageLink("Macros", Sections.Macros)],
        Json = macro.Address + "index.json",
        Heading = "Rules that use it",
        Before = html =>
        {
            using var section = Lists.Section(html, "What it stands for", "definition");
            if (macro.Definition is null) html.Element(Tag.P, "Nobody defines it.", Attr.Class("muted"));
            else if (string.IsNullOrWhiteSpace(macro.Definition)) html.Element(Tag.P, "Nothing: its definition is empty.", Attr.Class("muted"));
            else new CodeBlock(html, macro.Definition, "Definition").WriteSearch();
        },
        Write = Lists.Rules,
    });

    /// <summary>A lookup: its table, and who uses it.</summary>
    public static IEnumerable<Page> Of(LookupEntry lookup) => ListPage.Of(new ListPage<RuleCard>(lookup.Address, lookup.Name, lookup.Rules)
    {
        Lede = Lists.Amount(lookup.Rules.Count, "rule"),
        Above = [new PageLink("Lookups", Sections.Lookups)],
        Json = lookup.Address + "index.json",
        Heading = "Rules that use it",
        Before = html => Facts(html, ("Kind", lookup.Kind), ("Table", lookup.Table), ("Columns", string.Join(", ", lookup.Columns))),
        Write = Lists.Rules,
    });

    static void Prose(HtmlWriter html, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        using var prose = html.Element(Tag.Div, Attr.Class("prose"));
        Markdown.Write(html, text);
    }

    static void Counts(HtmlWriter html, string title, string id, IReadOnlyList<Counted> entries)
    {
        if (entries.Count == 0) return;
        using var section = Lists.Section(html, title, id);
        Lists.Columns(html, entries.Take(100));
        Lists.FirstOf(html, 100, entries.Count, "the JSON of this page has all");
    }

    static void Facts(HtmlWriter html, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        using var list = html.Element(Tag.Dl, Attr.Class("facts"));
        foreach (var (name, value) in facts)
        {
            if (value.Length == 0) continue;
            html.Element(Tag.Dt, name);
            html.Element(Tag.Dd, value);
        }
    }

    static void References(HtmlWriter html, IReadOnlyList<string> references)
    {
        if (references.Count == 0) return;
        using var section = Lists.Section(html, "References", "references");
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var reference in references)
            using (html.Element(Tag.Li)) Lists.WebLink(html, reference);
    }
}
