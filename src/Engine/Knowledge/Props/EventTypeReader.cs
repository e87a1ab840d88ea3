using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Props;

/// <summary>eventtypes.conf and tags.conf of all apps to the event types that events of a sourcetype can have.</summary>
sealed class EventTypeReader
{
    const int MostRounds = 8;

    readonly List<(string Name, SearchExpression Search, IReadOnlyList<string> Tags, int Round)> _types = [];
    readonly List<FieldTag> _fieldTags = [];
    readonly Dictionary<(string Field, string Value), List<string>> _tags = [];
    readonly KnowledgeProblems _problems;

    internal EventTypeReader(ConfFile types, ConfFile tags, IMacroSource macros, KnowledgeProblems problems)
    {
        _problems = problems;
        var tagsOfType = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var stanza in tags.Stanzas) ReadTags(stanza, tagsOfType);
        var searches = new List<(ConfStanza Stanza, SearchExpression Search)>();
        foreach (var stanza in types.Stanzas)
            if (ReadSearch(stanza, macros) is { } search) searches.Add((stanza, search));
        var rounds = Rounds(searches);
        foreach (var (stanza, search) in searches)
            if (rounds.TryGetValue(stanza.Name, out var round))
                _types.Add((stanza.Name, search, tagsOfType.GetValueOrDefault(stanza.Name) ?? [], round));
    }

    /// <summary>The event types that events of a sourcetype can have; those that ask for another sourcetype are left out.</summary>
    internal EventTypeStage For(EventOrigin origin)
    {
        var types = new List<EventType>();
        foreach (var (name, search, tags, round) in _types)
        {
            if (!CanMatch(search, origin.Sourcetype)) continue;
            types.Add(new EventType(name, PredicateBinder.Bind(search), tags, round));
        }
        return new EventTypeStage(types, _fieldTags);
    }

    /// <summary>The tags of a field's value, sorted.</summary>
    internal IReadOnlyList<string> FindTags(string field, string value) => _tags.GetValueOrDefault((field, value)) ?? [];

    void ReadTags(ConfStanza stanza, Dictionary<string, List<string>> tagsOfType)
    {
        var at = stanza.Name.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            if (stanza.Name != "default") _problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] is not `field=value`");
            return;
        }
        var field = stanza.Name[..at].Trim();
        // Values are written as in a URL: `sourcetype=aws%3Acloudtrail`.
        var value = Uri.UnescapeDataString(stanza.Name[(at + 1)..].Trim());
        List<string> tags = [.. stanza.Settings.Where(setting => setting.IsTrue).Select(setting => setting.Name)];
        if (tags.Count == 0) return;
        _tags[(field, value)] = [.. tags.Order(StringComparer.Ordinal)];
        if (field == "eventtype") tagsOfType[value] = tags;
        else _fieldTags.Add(new FieldTag(field, value, tags));
    }

    SearchExpression? ReadSearch(ConfStanza stanza, IMacroSource macros)
    {
        if (stanza.Find("disabled") is { IsTrue: true } || stanza.Find("search") is not { Value.Length: > 0 } setting) return null;
        try
        {
            var expanded = MacroExpander.Expand(setting.Value, macros);
            Refuse(expanded.Diagnostics);
            var parsed = SplParser.Parse(expanded.Text);
            Refuse(parsed.Diagnostics);
            if (parsed.Search.Commands.Count != 1 || parsed.Search.Commands[0].Name != "search")
            {
                _problems.Add(setting, "an event type is a filter without commands");
                return null;
            }
            var reader = new ArgumentReader(parsed.Search.Commands[0]);
            var search = SplParser.ParseSearch(reader);
            reader.ExpectEnd();
            PredicateBinder.Bind(search);
            return search;
        }
        catch (SplException error)
        {
            _problems.Add(setting, error.Message);
            return null;
        }
    }

    static void Refuse(IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error) throw new SplException(error);
    }

    // An event type that asks for others comes a round behind them; one that asks for tags comes last.
    Dictionary<string, int> Rounds(List<(ConfStanza Stanza, SearchExpression Search)> searches)
    {
        var rounds = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = searches;
        for (var round = 0; round < MostRounds && waiting.Count > 0; round++)
        {
            var later = new List<(ConfStanza Stanza, SearchExpression Search)>();
            foreach (var entry in waiting)
            {
                var comparisons = Comparisons(entry.Search).ToList();
                var waits = comparisons.Any(comparison => comparison.Field.StartsWith("tag", StringComparison.Ordinal) && comparison.Field is "tag" or "tag::eventtype")
                    ? waiting.Any(other => !Comparisons(other.Search).Any(comparison => comparison.Field is "tag" or "tag::eventtype"))
                    : comparisons.Any(comparison => comparison.Field == "eventtype"
                        && waiting.Any(other => Plans.Wildcard.Matches(comparison.Value, other.Stanza.Name)));
                if (waits) later.Add(entry);
            }
            if (later.Count == waiting.Count) break;
            foreach (var entry in waiting)
                if (!later.Contains(entry)) rounds[entry.Stanza.Name] = round;
            waiting = later;
        }
        foreach (var (stanza, _) in waiting)
            _problems.Add(stanza.File, stanza.Line, $"the event type [{stanza.Name}] depends on itself, or on too many others");
        return rounds;
    }

    static IEnumerable<(string Field, string Value)> Comparisons(SearchExpression search) => search switch
    {
        SearchAnd and => and.Terms.SelectMany(Comparisons),
        SearchOr or => or.Terms.SelectMany(Comparisons),
        SearchNot not => Comparisons(not.Term),
        SearchComparison comparison => [(comparison.Field, comparison.Value.Text)],
        SearchIn list => list.Values.Select(value => (list.Field, value.Text)),
        _ => [],
    };

    static bool CanMatch(SearchExpression search, string sourcetype) => search switch
    {
        SearchAnd and => and.Terms.All(term => CanMatch(term, sourcetype)),
        SearchOr or => or.Terms.Any(term => CanMatch(term, sourcetype)),
        SearchComparison { Field: "sourcetype", Operator: "=" } comparison => IsLike(comparison.Value.Text, sourcetype),
        SearchIn { Field: "sourcetype" } list => list.Values.Any(value => IsLike(value.Text, sourcetype)),
        _ => true,
    };

    static bool IsLike(string pattern, string text) => Plans.Wildcard.Matches(pattern.ToLowerInvariant(), text.ToLowerInvariant());
}
