using System.Globalization;
using Karst.Catalog.Comparing;
using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Spl;

namespace Karst.Catalog.Building;

/// <summary>Makes the rules' own entries: what each rule says, and what the others say of it.</summary>
sealed class RuleEntries
{
    readonly CatalogSources _sources;
    readonly IReadOnlyList<AnalyzedRule> _rules;
    readonly RuleVersions _versions;
    readonly Addresses _addresses;
    readonly CorpusIndex _corpus;
    readonly RuleCard[] _cards;
    readonly Dictionary<(string Provider, string Event), List<int>> _sameAction = [];
    readonly ILookup<string, TestRecord> _results;
    readonly ILookup<string, RuleDiagnostic> _diagnostics;
    readonly Func<Rule, RuleAnalysis> _analyzeOlder;

    public RuleEntries(CatalogSources sources, IReadOnlyList<AnalyzedRule> rules, RuleVersions versions, Addresses addresses)
    {
        _sources = sources;
        _rules = rules;
        _versions = versions;
        _addresses = addresses;
        _corpus = new CorpusIndex([.. rules.Select(static rule => rule.Analysis.Indicators)]);
        _cards = [.. rules.Select(CardOf)];
        for (var i = 0; i < rules.Count; i++)
            foreach (var covered in rules[i].Events.Where(IsAction))
            {
                var key = (covered.Provider, covered.Event);
                if (!_sameAction.TryGetValue(key, out var same)) _sameAction[key] = same = [];
                same.Add(i);
            }
        _results = sources.Results.ToLookup(static result => result.Id.Length > 0 ? result.Id : result.Rule, StringComparer.OrdinalIgnoreCase);
        _diagnostics = sources.Diagnostics.ToLookup(static diagnostic => diagnostic.Path, StringComparer.Ordinal);
        _analyzeOlder = rule => RuleAnalysis.Of(rule, sources.KnowledgeOf(rule));
    }

    /// <summary>The entry of the rule at a place in the list.</summary>
    public RuleEntry Make(int index)
    {
        var (analyzed, card) = (_rules[index], _cards[index]);
        var (rule, analysis) = (analyzed.Rule, analyzed.Analysis);
        var attack = rule.AttackIds.SelectMany(AttackRows).ToList();
        var tests = Tests(rule);
        return new RuleEntry
        {
            Card = card,
            Version = rule.Version,
            Author = rule.Author,
            CreationDate = rule.CreationDate,
            ModificationDate = rule.ModificationDate,
            Description = rule.Description,
            HowToImplement = rule.HowToImplement,
            KnownFalsePositives = rule.KnownFalsePositives,
            References = rule.References,
            Source = SourcePaths.Of(rule),
            Attack = attack,
            Events = [.. analyzed.Events.Select(EventRowOf)],
            NoEvents = analyzed.Events.Count > 0 ? null : "the search names no log, event or data model that Karst knows, and the rule names no data source",
            SameAction = SameAction(index),
            Body = BodyColours.Of(rule),
            Search = rule.Search,
            Stages = [.. analysis.Stages.Select(static stage => new StageEntry(stage.Number, stage.Command, stage.Text, stage.IsFilter, stage.Predicates) { Macro = stage.Macro, Expansion = stage.Expansion })],
            Indicators = [.. analysis.Indicators.Select(indicator => IndicatorOf(index, indicator))],
            Unanalyzed = [.. analysis.Unanalyzed.Select(static condition => new UnanalyzedEntry(condition.Stage, condition.Text, condition.Reason))],
            FieldsNeeded = [.. analyzed.FieldsNeeded.Select(need => need with { Address = _addresses.FieldOrNull(need.Normalized) })],
            DataModels = analysis.Models,
            Finding = rule.Finding is { } finding ? new FindingEntry(finding.Title, EntityOf(finding.Entity)) : null,
            Entities = [.. rule.IntermediateFindings.Select(EntityOf)],
            ThreatObjects = [.. rule.ThreatObjects.Select(static threat => new ThreatObjectRow(threat.Field, threat.Type))],
            Drilldowns = [.. rule.Drilldowns.Select(static drilldown => new DrilldownEntry(drilldown.Name, drilldown.Search, drilldown.EarliestOffset, drilldown.LatestOffset))],
            Lint = Lint(rule.Path, rule.PlaceOf(rule.Places.ContainsKey("mitre_attack_id") ? "mitre_attack_id" : "tags"), rule.AttackIds, analyzed.Diagnostics),
            Runs = analyzed.Runs,
            Tests = tests,
            IsProven = tests.Exists(static test => test.IsProven) && !tests.Exists(static test => test.Last is { State: "FAIL" or "ERROR" }),
            History = History(analyzed),
            Stories = [.. rule.Stories.Distinct(StringComparer.Ordinal).Select(story => new PageLink(story, _addresses.Story(story)))],
            DataSources = [.. rule.DataSources.Distinct(StringComparer.Ordinal).Select(source => new PageLink(source, _addresses.DataSource(source)))],
            Macros = [.. analyzed.Macros.Select(macro => new MacroUse(macro.Key, macro.Macro?.Definition, _addresses.Macro(macro.Key)))],
            Lookups = [.. analysis.Lookups.Select(lookup => new PageLink(lookup, _addresses.Lookup(lookup)))],
            AssetType = rule.AssetType,
            SecurityDomain = rule.SecurityDomain,
            Category = rule.Category,
            Products = rule.Products,
            Cves = rule.Cves,
            Layer = attack.Exists(static row => row.Status != "unknown") ? card.Address + "layer.json" : null,
            Command = analyzed.Runs ? $"karst hunt --rules {SourcePaths.Of(rule)} logs/" : null,
        };
    }

    /// <summary>The entry of a rule that can only be shown.</summary>
    public RuleEntry Make(ListedRule rule)
    {
        var attack = rule.AttackIds.SelectMany(AttackRows).ToList();
        var address = _addresses.Rule(rule);
        return new RuleEntry
        {
            Card = new RuleCard(rule.Name, address, rule.Id, rule.Platform, rule.Status, "")
            {
                Techniques = rule.AttackIds,
                Tactics = [.. attack.Select(static row => row.Tactic).Where(static tactic => tactic.Length > 0).Distinct(StringComparer.Ordinal)],
            },
            Author = rule.Author,
            ModificationDate = rule.Date,
            Description = rule.Description,
            References = rule.References,
            Source = SourcePaths.Of(rule.Path),
            Attack = attack,
            NoEvents = rule.Platform == AnalyzedRule.Platform ? "the rule lacks what a rule needs, and was not read" : $"Karst does not read rules of {rule.Platform} yet",
            Body = new RuleBody(rule.Text, []),
            Lint = Lint(rule.Path, new FilePlace(1, 1), rule.AttackIds, []),
            Layer = attack.Exists(static row => row.Status != "unknown") ? address + "layer.json" : null,
        };
    }

    // A call or an operation is what a search names; what a data model may be filled from is no action.
    static bool IsAction(CoveredEvent covered) => covered is { Origin: CoverageOrigin.Predicates, Event: not CoveredEvent.CatchAll };

    RuleCard CardOf(AnalyzedRule analyzed)
    {
        var rule = analyzed.Rule;
        return new RuleCard(
            rule.Name, _addresses.Rule(rule), rule.Id, AnalyzedRule.Platform, rule.Status.ToString().ToLowerInvariant(), rule.Type == RuleType.Ttp ? "TTP" : rule.Type.ToString())
        {
            Techniques = [.. rule.AttackIds.Distinct(StringComparer.OrdinalIgnoreCase)],
            Tactics = [.. rule.AttackIds.SelectMany(_sources.Attack.Find).Select(static row => row.Tactic).Where(static tactic => tactic.Length > 0).Distinct(StringComparer.Ordinal)],
        };
    }

    IEnumerable<AttackRow> AttackRows(string id) =>
        _sources.Attack.Find(id).Select(row => new AttackRow(row.Tactic, row.Id, row.Name, row.Status)
        {
            Address = _addresses.Technique(id),
            Successor = SuccessorOf(row),
        });

    PageLink? SuccessorOf(AttackTechnique row) =>
        row.Successor is { } successor ? new PageLink($"{successor} {_sources.Attack.Find(successor)[0].Name}", _addresses.TechniqueOrNull(successor)) : null;

    EventRow EventRowOf(CoveredEvent covered) => new(covered.Provider, covered.Event, OriginName(covered.Origin))
    {
        Title = covered.Title,
        Because = covered.Because,
        Address = _addresses.Event(covered.Provider, covered.Event),
        ProviderAddress = _addresses.Provider(covered.Provider),
    };

    static string OriginName(CoverageOrigin origin) => origin switch
    {
        CoverageOrigin.Predicates => "predicates",
        CoverageOrigin.DataModel => "data_model",
        _ => "data_source",
    };

    List<SameActionRow> SameAction(int index)
    {
        var shared = new SortedDictionary<int, List<string>>();
        foreach (var covered in _rules[index].Events.Where(IsAction))
            foreach (var other in _sameAction[(covered.Provider, covered.Event)])
            {
                if (other == index) continue;
                if (!shared.TryGetValue(other, out var events)) shared[other] = events = [];
                events.Add($"{covered.Provider} {covered.Event}");
            }
        return
        [
            .. shared.Select(pair => new SameActionRow(_cards[pair.Key], pair.Value, _cards[pair.Key].Platform == _cards[index].Platform))
                .OrderByDescending(static row => row.SamePlatform),
        ];
    }

    IndicatorEntry IndicatorOf(int index, Indicator indicator)
    {
        var name = FieldNames.Normalize(indicator.Field);
        return new IndicatorEntry(indicator.Field, name, indicator.Kind, indicator.Negated, Values(index, indicator, name))
        {
            Computed = indicator.Computed,
            CaseSensitive = indicator.CaseSensitive,
            Address = indicator.IsExpression ? null : _addresses.Field(name),
        };
    }

    List<IndicatorValue> Values(int index, Indicator indicator, string name)
    {
        if (indicator.HasComputedValues) return [.. indicator.Values.Select(static value => new IndicatorValue(value, 0, []))];
        return
        [
            .. CorpusIndex.ValuesOf(indicator).Select(value =>
            {
                var others = _corpus.Find(indicator, value).Where(other => other != index).ToList();
                return new IndicatorValue(value, others.Count, Counts.By(others, other => _cards[other].Platform))
                {
                    Address = indicator.IsExpression || value.Length == 0 ? null : _addresses.Value(name, value),
                };
            }),
        ];
    }

    static EntityRow EntityOf(RuleEntity entity) => new(entity.Field, entity.Type, entity.Score, entity.Message);

    List<LintEntry> Lint(string path, FilePlace attackAt, IReadOnlyList<string> attackIds, IEnumerable<RuleDiagnostic> ofSearch)
    {
        var attack = attackIds.Distinct(StringComparer.OrdinalIgnoreCase).Select(id => _sources.Attack.Find(id)[0])
            .Where(static row => row.Status != "active")
            .Select(row => new RuleDiagnostic(path, attackAt, row.Status == "unknown" ? CatalogErrors.UnknownTechnique(row.Id) : CatalogErrors.OldTechnique(row.Id, row.Status, row.Successor)));
        return
        [
            .. _diagnostics[path].Concat(ofSearch).Concat(attack)
                .OrderBy(static diagnostic => diagnostic.At.Line).ThenBy(static diagnostic => diagnostic.At.Column).ThenBy(static diagnostic => diagnostic.Diagnostic.Code, StringComparer.Ordinal)
                .Select(LintOf),
        ];
    }

    static LintEntry LintOf(RuleDiagnostic found)
    {
        var (diagnostic, end) = (found.Diagnostic, found.End ?? found.At);
        return new LintEntry(
            diagnostic.Severity.ToString().ToLowerInvariant(), diagnostic.Code, diagnostic.Kind.ToString().ToLowerInvariant(), diagnostic.Message, diagnostic.Help, found.At.Line, found.At.Column)
        {
            EndLine = end.Line,
            EndColumn = end.Column,
        };
    }

    List<TestEntry> Tests(Rule rule)
    {
        var results = _results[rule.Id.Length > 0 ? rule.Id : rule.Name].ToList();
        return
        [
            .. rule.Tests.Select(test => new TestEntry(test.Name, [.. test.Data.Select(static data => new TestDataRow(data.Data, data.Sourcetype, data.Source))])
            {
                Manual = test.Manual,
                Expected = test.Expect is { } expect ? Expected(expect) : null,
                // A file of several runs: the last one counts.
                Last = results.FindLast(result => result.Test == test.Name)?.Result,
            }),
        ];
    }

    static string? Expected(RuleExpectation expect) => expect switch
    {
        { None: true } or { Count: 0 } => "no row",
        { Count: 1 } => "1 row",
        { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $"{count} rows"),
        { Rows.Count: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{expect.Rows.Count} named rows"),
        _ => null,
    };

    List<HistoryEntry> History(AnalyzedRule analyzed)
    {
        var history = new List<HistoryEntry>();
        var (newer, newerAnalysis) = (analyzed.Rule, analyzed.Analysis);
        foreach (var older in _versions.Older(analyzed.Rule))
        {
            var olderAnalysis = _analyzeOlder(older);
            history.Add(new HistoryEntry(older.Version, older.Name, older.ModificationDate, SourcePaths.Of(older), older.Search, RuleComparison.Of(older, olderAnalysis, newer, newerAnalysis)));
            (newer, newerAnalysis) = (older, olderAnalysis);
        }
        return history;
    }
}
