using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>One command of the search as its author wrote it. A bare macro has the name `search`, the macro's key and what it expands to.</summary>
public sealed record AnalyzedStage(int Number, string Command, string Text, Span At, IReadOnlyList<Predicate> Predicates)
{
    /// <summary>Those of the predicates that decide which rows go on; the others decide values (eval's if, a lookup, the search of a join).</summary>
    public IReadOnlyList<Predicate> Filters { get; init; } = [];

    /// <summary>All of the predicates decide which rows go on.</summary>
    public bool IsFilter => Filters.Count > 0 && Filters.Count == Predicates.Count;

    /// <summary>The macro, when the stage is nothing else.</summary>
    public string? Macro { get; init; }

    /// <summary>The stage with its macros expanded; null when it has none.</summary>
    public string? Expansion { get; init; }
}

/// <summary>A field, a kind of test and the values: what a rule looks for, each once, values without regard to case where the language has none.</summary>
public sealed record Indicator(string Field, PredicateKind Kind, IReadOnlyList<string> Values, bool Negated)
{
    /// <summary>See <see cref="FieldPredicate.Computed"/>.</summary>
    public string? Computed { get; init; }

    /// <summary>See <see cref="FieldPredicate.HasComputedValues"/>.</summary>
    public bool HasComputedValues { get; init; }

    /// <summary>See <see cref="FieldPredicate.IsExpression"/>.</summary>
    public bool IsExpression { get; init; }

    /// <summary>See <see cref="FieldPredicate.CaseSensitive"/>.</summary>
    public bool CaseSensitive { get; init; }
}

/// <summary>What can be said of a search from its text alone.</summary>
public sealed record RuleAnalysis(IReadOnlyList<AnalyzedStage> Stages, IReadOnlyList<Indicator> Indicators, IReadOnlyList<Unanalyzed> Unanalyzed, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The search with its macros expanded.</summary>
    public required string Expanded { get; init; }

    /// <summary>The macros that it calls, inner ones too, by key, each once, sorted.</summary>
    public IReadOnlyList<string> Macros { get; init; } = [];

    /// <summary>The data models that it reads, `Endpoint.Processes`, sorted.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The lookups that it names, sorted.</summary>
    public IReadOnlyList<string> Lookups { get; init; } = [];

    /// <summary>The fields that it reads of events by name, sorted; those within subsearches are not among them.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Analyses a rule's search; a macro that nobody defines is a diagnostic, and its conditions count as not analysed.</summary>
    public static RuleAnalysis Of(Rule rule, IMacroSource macros) => Of(rule.Search, new RuleMacros(rule, macros));

    /// <summary>Analyses a search.</summary>
    public static RuleAnalysis Of(string search, IMacroSource macros)
    {
        var written = SplParser.Parse(search);
        var expansion = MacroExpander.Expand(search, macros);
        var expanded = expansion.Used.Count == 0 ? written : SplParser.Parse(expansion.Text);
        var (names, unknown) = (new SearchNames(), new List<Unanalyzed>());
        var analyzer = new StageAnalyzer(names, unknown);
        var stages = StagesOf(written.Search, expanded.Search, expansion, analyzer);
        return new RuleAnalysis(stages, IndicatorsOf(stages), unknown, [.. written.Diagnostics, .. expansion.Diagnostics])
        {
            Expanded = expansion.Text,
            Macros = [.. expansion.Used.Select(static call => call.Key).Concat(expansion.Diagnostics.Count > 0 ? Called(written.Search) : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Models = [.. names.Models],
            Lookups = [.. names.Lookups],
            Reads = [.. analyzer.Reads],
        };
    }

    // A command of the expanded text belongs to the written one in whose text it begins: a macro may hold several, or none.
    static List<AnalyzedStage> StagesOf(SearchSyntax written, SearchSyntax expanded, Expansion expansion, StageAnalyzer analyzer)
    {
        var stages = new List<AnalyzedStage>();
        var next = 0;
        for (var i = 0; i < written.Commands.Count; i++)
        {
            var command = written.Commands[i];
            var end = i + 1 < written.Commands.Count ? written.Commands[i + 1].Span.Start : int.MaxValue;
            var own = new List<CommandSyntax>();
            while (next < expanded.Commands.Count && expansion.ToOriginal(expanded.Commands[next].Span.Start) < end) own.Add(expanded.Commands[next++]);
            stages.Add(StageOf(i + 1, command, i > 0 || written.LeadingPipe, own, expansion.Used.Count > 0, analyzer));
        }
        return stages;
    }

    static AnalyzedStage StageOf(int number, CommandSyntax command, bool isPiped, List<CommandSyntax> own, bool mayExpand, StageAnalyzer analyzer)
    {
        analyzer.Number = number;
        var pipe = isPiped ? "| " : "";
        var text = pipe + command.Text;
        var expansion = !mayExpand ? text : own.Count == 0 ? "" : pipe + own[0].Source[own[0].Span.Start..own[^1].Span.End];
        var analyzed = own.Select(analyzer.Analyze).ToList();
        if (command.IsMacro && own is [{ IsMacro: true }]) analyzer.Unknown(command.Text, "the macro is not defined");
        return new AnalyzedStage(number, command.Name.Length == 0 ? "search" : command.Name, text, command.Span, [.. analyzed.SelectMany(static part => part.Predicates)])
        {
            Filters = [.. analyzed.Where(static part => part.IsFilter).SelectMany(static part => part.Predicates)],
            Macro = command.IsMacro ? command.Arguments[0].Macro?.Key : null,
            Expansion = expansion == text ? null : expansion,
        };
    }

    // A call that could not be expanded is not among those that were.
    static IEnumerable<string> Called(SearchSyntax search) =>
        search.Commands.SelectMany(static command => command.Arguments).SelectMany(static token => token.Macro is { } call ? [call.Key] : token.Subsearch is { } inner ? Called(inner) : []);

    static List<Indicator> IndicatorsOf(List<AnalyzedStage> stages)
    {
        var rows = new Dictionary<Indicator, List<string>>();
        foreach (var leaf in stages.SelectMany(stage => stage.Predicates).SelectMany(PredicateText.Leaves))
        {
            var (kind, negated) = (leaf.Kind, leaf.Negated) switch
            {
                (PredicateKind.Eq, true) => (PredicateKind.Ne, false),
                (PredicateKind.Ne, true) => (PredicateKind.Eq, false),
                var same => same,
            };
            // Without values, so that equal rows are equal keys.
            var key = new Indicator(leaf.Field, kind, [], negated)
            {
                Computed = leaf.Computed,
                HasComputedValues = leaf.HasComputedValues,
                IsExpression = leaf.IsExpression,
                CaseSensitive = leaf.CaseSensitive,
            };
            if (!rows.TryGetValue(key, out var values)) rows[key] = values = [];
            var comparer = leaf.CaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
            foreach (var value in leaf.Values)
                if (!values.Contains(value, comparer)) values.Add(value);
        }
        return
        [
            .. rows.Select(static row => row.Key with { Values = row.Value })
                .OrderBy(static indicator => indicator.Field, StringComparer.Ordinal).ThenBy(static indicator => indicator.Kind).ThenBy(static indicator => indicator.Negated),
        ];
    }
}
