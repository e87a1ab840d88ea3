using Karst.Catalog.Building;
using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.Catalog;

/// <summary>Rules to the model of the whole catalogue: read each once, lay the pages out, then say of each what the others say.</summary>
public static class CatalogBuilder
{
    /// <summary>Builds the model; each rule's own work is done on all processors.</summary>
    public static CatalogModel Build(CatalogSources sources, CancellationToken cancellation = default)
    {
        var versions = new RuleVersions(sources.Rules, sources.Older);
        var coverage = new EventCoverage(sources.Events);
        var analyzed = EventSpelling.Unify(InParallel(versions.Current, rule => AnalyzedRule.Of(rule, sources, coverage), cancellation));
        var addresses = new Addresses(analyzed, sources.Listed);
        var entries = new RuleEntries(sources, analyzed, versions, addresses);
        IReadOnlyList<RuleEntry> rules =
        [
            .. InParallel([.. Enumerable.Range(0, analyzed.Length)], entries.Make, cancellation).Concat(sources.Listed.Select(entries.Make))
                .OrderBy(static rule => rule.Card.Platform, StringComparer.Ordinal).ThenBy(static rule => rule.Card.Name, StringComparer.Ordinal).ThenBy(static rule => rule.Card.Address, StringComparer.Ordinal),
        ];

        var collections = new CollectionInfo(sources.Collections);
        var (events, providers) = EventPages.Of(rules, collections, sources.Events);
        var (fields, values) = FieldPages.Of(rules);
        var techniques = TechniquePages.Techniques(rules, sources.Attack);
        return new CatalogModel
        {
            Rules = rules,
            Events = events,
            Providers = providers,
            Fields = fields,
            Values = values,
            Techniques = techniques,
            Tactics = TechniquePages.Matrix(rules, techniques, sources.Attack),
            Stories = ListPages.Stories(rules, collections),
            DataSources = ListPages.DataSources(rules, collections, sources.Events, events),
            Macros = ListPages.Macros(rules, analyzed),
            Lookups = ListPages.Lookups(rules, analyzed, collections),
            Layers = Layers.Of(rules),
            Problems = Problems.Of(sources.Diagnostics.Concat(versions.Problems).Concat(collections.Diagnostics), rules),
            Totals = Totals.Of(rules),
        };
    }

    static TResult[] InParallel<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> make, CancellationToken cancellation)
    {
        var results = new TResult[items.Count];
        Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellation }, index => results[index] = make(items[index]));
        return results;
    }
}
