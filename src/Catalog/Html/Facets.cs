using Karst.Catalog.Building;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html;

/// <summary>A value of a facet whose page is a list of rules and nothing more; <see cref="Place"/> is its place in all facets' values, one after the other.</summary>
sealed record FacetPage(string Facet, string Text, string Address, int Place);

/// <summary>What rules can be picked by: the values of each facet, their pages, and which a rule has.</summary>
sealed class Facets
{
    public const string Platform = "platform";
    public const string Status = "status";
    public const string Type = "type";
    public const string Category = "category";
    public const string Tactic = "tactic";
    public const string Technique = "technique";
    public const string Provider = "provider";
    public const string Event = "event";
    public const string Story = "story";
    public const string DataModel = "data model";

    readonly Dictionary<(string Facet, string Key), int> _places = [];
    readonly Dictionary<(string Facet, string Text), string> _addresses = [];
    readonly ILookup<int, RuleEntry> _rules;
    readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>Takes the facets of a catalogue.</summary>
    public Facets(CatalogModel model)
    {
        All = model.Totals.Facets;
        var tactics = model.Tactics.ToDictionary(tactic => tactic.Name, tactic => tactic.Address, StringComparer.Ordinal);
        var own = new List<FacetPage>();
        var place = 0;
        foreach (var facet in All)
        {
            var slugs = Slugs.Of(facet.Values.Select(value => value.Text), lowerCase: true);
            foreach (var value in facet.Values)
            {
                var address = value.Address ?? (facet.Name == Tactic ? tactics.GetValueOrDefault(value.Text) : null);
                if (address is null)
                {
                    address = $"by/{facet.Name.Replace(' ', '-')}/{slugs[value.Text]}/";
                    own.Add(new FacetPage(facet.Name, value.Text, address, place));
                }
                _places.TryAdd((facet.Name, value.Text), place);
                _places.TryAdd((facet.Name, address), place);
                _addresses.TryAdd((facet.Name, value.Text), address);
                place++;
            }
        }
        Own = own;
        _rules = model.Rules.SelectMany(rule => PlacesOf(rule).Select(value => (value, rule))).ToLookup(pair => pair.value, pair => pair.rule);
        foreach (var field in model.Fields)
        {
            _fields.TryAdd(field.Name, field.Address);
            foreach (var name in field.Names) _fields.TryAdd(name.Text, field.Address);
        }
    }

    /// <summary>The facets with their values, in order.</summary>
    public IReadOnlyList<Facet> All { get; }

    /// <summary>The values whose pages are lists of rules.</summary>
    public IReadOnlyList<FacetPage> Own { get; }

    /// <summary>The page of a facet's value; null when no rule has it.</summary>
    public string? AddressOf(string facet, string text) => _addresses.GetValueOrDefault((facet, text));

    /// <summary>The page of a field under any of its names; null when no rule tests it.</summary>
    public string? FieldPage(string name) => _fields.GetValueOrDefault(name);

    /// <summary>The rules that have a value.</summary>
    public IReadOnlyList<RuleEntry> RulesOf(FacetPage value) => [.. _rules[value.Place]];

    /// <summary>The values that a rule has, by their places.</summary>
    public IEnumerable<int> PlacesOf(RuleEntry rule) =>
        KeysOf(rule).Select(key => _places.GetValueOrDefault(key, -1)).Where(place => place >= 0).Distinct().Order();

    // Values with pages of their own are known by these: their texts may be shortened.
    static IEnumerable<(string Facet, string Key)> KeysOf(RuleEntry rule) =>
    [
        (Platform, rule.Card.Platform),
        (Status, rule.Card.Status),
        (Type, rule.Card.Type),
        (Category, rule.Category),
        .. rule.Card.Tactics.Select(tactic => (Tactic, tactic)),
        .. rule.Attack.Select(row => (Technique, row.Address)),
        .. rule.Events.Select(row => (Provider, row.ProviderAddress)),
        .. rule.Events.Select(row => (Event, row.Address)),
        .. rule.Stories.Where(story => story.Address is not null).Select(story => (Story, story.Address!)),
        .. rule.DataModels.Select(model => (DataModel, model)),
        ("proven", rule.IsProven ? "proven" : rule.Tests.Count > 0 ? "not proven" : "no test"),
    ];
}
