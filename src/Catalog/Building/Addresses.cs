using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>Where each page lies. Every address is a folder beneath the root, with a slash at its end.</summary>
sealed class Addresses
{
    readonly IReadOnlyDictionary<string, string> _rules;
    readonly IReadOnlyDictionary<string, string> _providers;
    readonly Dictionary<string, IReadOnlyDictionary<string, string>> _events;
    readonly IReadOnlyDictionary<string, string> _fields;
    readonly Dictionary<string, IReadOnlyDictionary<string, string>> _values;
    readonly IReadOnlyDictionary<string, string> _techniques;
    readonly IReadOnlyDictionary<string, string> _stories;
    readonly IReadOnlyDictionary<string, string> _dataSources;
    readonly IReadOnlyDictionary<string, string> _macros;
    readonly IReadOnlyDictionary<string, string> _lookups;

    public Addresses(IReadOnlyList<AnalyzedRule> rules, IReadOnlyList<ListedRule> listed)
    {
        _rules = RuleSlugs([.. rules.Select(static rule => KeyOf(rule.Rule)), .. listed.Select(KeyOf)]);
        var events = rules.SelectMany(static rule => rule.Events).Select(static covered => (covered.Provider, covered.Event)).ToLookup(static covered => covered.Provider, static covered => covered.Event);
        _providers = Slugs.Of(events.Select(static group => group.Key));
        _events = events.ToDictionary(static group => group.Key, static group => Slugs.Of(group), StringComparer.Ordinal);
        var values = rules.SelectMany(static rule => rule.Analysis.Indicators).Where(static indicator => !indicator.IsExpression)
            .SelectMany(static indicator => CorpusIndex.ValuesOf(indicator).DefaultIfEmpty("").Select(value => (Field: FieldNames.Normalize(indicator.Field), Value: value.ToLowerInvariant())))
            .ToLookup(static pair => pair.Field, static pair => pair.Value);
        _fields = Slugs.Of(values.SelectMany(static group => group.Select(_ => group.Key)));
        _values = values.ToDictionary(static group => group.Key, static group => Slugs.Of(group.Where(static value => value.Length > 0)), StringComparer.Ordinal);
        _techniques = Slugs.Of(rules.SelectMany(static rule => rule.Rule.AttackIds).Concat(listed.SelectMany(static rule => rule.AttackIds)).Select(static id => id.ToUpperInvariant()));
        _stories = Slugs.Of(rules.SelectMany(static rule => rule.Rule.Stories), lowerCase: true);
        _dataSources = Slugs.Of(rules.SelectMany(static rule => rule.Rule.DataSources), lowerCase: true);
        _macros = Slugs.Of(rules.SelectMany(static rule => rule.Analysis.Macros));
        _lookups = Slugs.Of(rules.SelectMany(static rule => rule.Analysis.Lookups));
    }

    public string Rule(Rule rule) => _rules[KeyOf(rule)];

    public string Rule(ListedRule rule) => _rules[KeyOf(rule)];

    public string Provider(string provider) => $"providers/{_providers[provider]}/";

    public string Event(string provider, string @event) => $"events/{_providers[provider]}/{_events[provider][@event]}/";

    public string Field(string normalized) => $"fields/{_fields[normalized]}/";

    /// <summary>The field's page; null when no rule tests it.</summary>
    public string? FieldOrNull(string normalized) => _fields.ContainsKey(normalized) ? Field(normalized) : null;

    public string Value(string normalized, string value) => $"values/{_fields[normalized]}/{_values[normalized][value.ToLowerInvariant()]}/";

    public string Technique(string id) => $"techniques/{_techniques[id.ToUpperInvariant()]}/";

    /// <summary>The technique's page; null when no rule names it.</summary>
    public string? TechniqueOrNull(string id) => _techniques.ContainsKey(id.ToUpperInvariant()) ? Technique(id) : null;

    public string Story(string name) => $"stories/{_stories[name]}/";

    public string DataSource(string name) => $"data-sources/{_dataSources[name]}/";

    public string Macro(string key) => $"macros/{_macros[key]}/";

    public string Lookup(string name) => $"lookups/{_lookups[name]}/";

    // Rules of one name are told apart by id, then by file: which of them has the plain slug does not depend on the order in which they were read.
    static Dictionary<string, string> RuleSlugs(IReadOnlyList<string> keys)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var platform in keys.Distinct(StringComparer.Ordinal).GroupBy(static key => key.Split('\n')[0], StringComparer.Ordinal))
        {
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var plain = Slugs.Of(platform.Select(static key => key.Split('\n')[1]), lowerCase: true);
            foreach (var key in platform.Order(StringComparer.Ordinal))
            {
                var slug = plain[key.Split('\n')[1]];
                result[key] = $"rules/{platform.Key}/{(taken.Add(slug) ? slug : Slugs.WithHash(slug, key, taken))}/";
            }
        }
        return result;
    }

    static string KeyOf(Rule rule) => KeyOf(AnalyzedRule.Platform, rule.Name, rule.Id, rule.Path);

    static string KeyOf(ListedRule rule) => KeyOf(rule.Platform, rule.Name, rule.Id, rule.Path);

    static string KeyOf(string platform, string name, string id, string path) => $"{platform}\n{name.ReplaceLineEndings(" ")}\n{id}\n{SourcePaths.Of(path)}";
}
