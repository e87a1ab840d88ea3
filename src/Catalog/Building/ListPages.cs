using Karst.Catalog.Model;
using Karst.Rules.Analysis;
using Karst.Rules.Escu;

namespace Karst.Catalog.Building;

/// <summary>The pages of stories, data sources, macros and lookups: something that rules name, and the rules that name it.</summary>
static class ListPages
{
    public static List<StoryEntry> Stories(IReadOnlyList<RuleEntry> rules, CollectionInfo collections) =>
    [
        .. Named(rules, static rule => rule.Stories).Select(named =>
        {
            var story = collections.Story(named.Link.Text);
            return new StoryEntry(named.Link.Text, named.Link.Address!)
            {
                Description = story?.Description ?? "",
                Narrative = story?.Narrative ?? "",
                References = story?.References ?? [],
                Categories = story?.Categories ?? [],
                Techniques = Linked(named.Rules.SelectMany(static rule => rule.Attack.DistinctBy(static row => row.Id).Select(static row => ($"{row.Id} {row.Name}", row.Address)))),
                Events = Linked(named.Rules.SelectMany(static rule => rule.Events.Select(static row => ($"{row.Provider} {row.Event}", row.Address)))),
                Rules = Cards(named.Rules),
                Proven = named.Rules.Count(static rule => rule.IsProven),
            };
        }),
    ];

    public static List<DataSourceEntry> DataSources(IReadOnlyList<RuleEntry> rules, CollectionInfo collections, EventTable table, IReadOnlyList<EventEntry> events)
    {
        var pages = events.ToDictionary(static entry => (entry.Provider, entry.Event), static entry => entry.Address);
        return
        [
            .. Named(rules, static rule => rule.DataSources).Select(named =>
            {
                var source = collections.DataSource(named.Link.Text);
                var (log, written) = table.OfDataSource(named.Link.Text);
                var (provider, @event) = table.Resolve(log, written);
                return new DataSourceEntry(named.Link.Text, named.Link.Address!)
                {
                    Description = source?.Description ?? "",
                    Source = source?.Source ?? "",
                    Sourcetype = source?.Sourcetype ?? "",
                    AddOns = source?.AddOns ?? [],
                    Fields = source?.Fields ?? [],
                    Sample = source?.Sample,
                    Event = pages.TryGetValue((provider, @event), out var address) ? new PageLink($"{provider} {@event}", address) : null,
                    Rules = Cards(named.Rules),
                };
            }),
        ];
    }

    public static List<MacroEntry> Macros(IReadOnlyList<RuleEntry> rules, IReadOnlyList<AnalyzedRule> analyzed)
    {
        var arguments = analyzed.SelectMany(static rule => rule.Macros).Where(static macro => macro.Macro is not null)
            .GroupBy(static macro => macro.Key, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First().Macro!, StringComparer.Ordinal);
        return
        [
            .. Named(rules, static rule => rule.Macros.Select(static macro => new PageLink(macro.Key, macro.Address))).Select(named =>
            {
                var macro = arguments.GetValueOrDefault(named.Link.Text);
                return new MacroEntry(named.Link.Text, named.Link.Address!) { Definition = macro?.Definition, Arguments = macro?.Arguments ?? [], Rules = Cards(named.Rules) };
            }),
        ];
    }

    public static List<LookupEntry> Lookups(IReadOnlyList<RuleEntry> rules, IReadOnlyList<AnalyzedRule> analyzed, CollectionInfo collections)
    {
        // A table that one rule's collection has and another's lacks is shown as the one that has it says.
        var known = analyzed.SelectMany(static rule => rule.Lookups).OrderByDescending(static lookup => lookup.Table is not null)
            .GroupBy(static lookup => lookup.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        return
        [
            .. Named(rules, static rule => rule.Lookups).Select(named =>
            {
                var (_, table, problem) = known[named.Link.Text];
                var described = collections.Lookup(named.Link.Text);
                var collection = table?.Definition.Collection ?? described?.Collection;
                return new LookupEntry(named.Link.Text, named.Link.Address!)
                {
                    Kind = collection is not null ? "collection" : table is null && described is null ? "undefined" : "file",
                    Table = collection ?? table?.Definition.FileName ?? described?.FileName ?? "",
                    Columns = table?.Columns ?? described?.Fields ?? [],
                    Problem = problem,
                    Rules = Cards(named.Rules),
                };
            }),
        ];
    }

    static IEnumerable<(PageLink Link, IReadOnlyList<RuleEntry> Rules)> Named(IReadOnlyList<RuleEntry> rules, Func<RuleEntry, IEnumerable<PageLink>> links) =>
        rules.SelectMany(rule => links(rule).Select(link => (Link: link, Rule: rule)))
            .GroupBy(static use => use.Link)
            .OrderBy(static group => group.Key.Text, StringComparer.Ordinal)
            .Select(static group => (group.Key, (IReadOnlyList<RuleEntry>)[.. group.Select(static use => use.Rule)]));

    static IReadOnlyList<RuleCard> Cards(IEnumerable<RuleEntry> rules) => [.. rules.Select(static rule => rule.Card)];

    static IReadOnlyList<Counted> Linked(IEnumerable<(string Text, string Address)> items)
    {
        var all = items.ToList();
        var addresses = all.DistinctBy(static item => item.Text).ToDictionary(static item => item.Text, static item => item.Address, StringComparer.Ordinal);
        return Counts.Of(all.Select(static item => item.Text), text => addresses[text]);
    }
}
