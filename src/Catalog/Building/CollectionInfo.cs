using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Rules.Escu;

namespace Karst.Catalog.Building;

/// <summary>What the collections say of stories, data sources and lookups; of two that say something, the first by path counts.</summary>
sealed class CollectionInfo
{
    readonly IReadOnlyList<EscuContent> _collections;
    readonly Dictionary<string, EscuStory> _stories = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, EscuDataSource> _sources = new(StringComparer.OrdinalIgnoreCase);
    Dictionary<(string, string), EscuDataSource>? _byEvent;

    public CollectionInfo(IReadOnlyList<EscuContent> collections)
    {
        _collections = [.. collections.OrderBy(static collection => collection.Path, StringComparer.Ordinal)];
        foreach (var collection in _collections)
        {
            foreach (var story in collection.Stories()) _stories.TryAdd(story.Name, story);
            foreach (var source in collection.DataSources()) _sources.TryAdd(source.Name, source);
        }
    }

    /// <summary>What could not be read.</summary>
    public IEnumerable<RuleDiagnostic> Diagnostics => _collections.SelectMany(static collection => collection.Diagnostics);

    public EscuStory? Story(string name) => _stories.GetValueOrDefault(name);

    public EscuDataSource? DataSource(string name) => _sources.GetValueOrDefault(name);

    public EscuLookup? Lookup(string name) => _collections.Select(collection => collection.FindLookup(name)).FirstOrDefault(static lookup => lookup is not null);

    /// <summary>The data source of an event; null when none says anything of it.</summary>
    public EscuDataSource? SourceOf(string provider, string @event, EventTable table)
    {
        _byEvent ??= _sources.Values.OrderBy(static source => source.Name, StringComparer.Ordinal)
            .GroupBy(source => table.OfDataSource(source.Name) is var (log, name) ? table.Resolve(log, name) : default)
            .ToDictionary(static group => group.Key, static group => group.First());
        return _byEvent.GetValueOrDefault((provider, @event));
    }
}
