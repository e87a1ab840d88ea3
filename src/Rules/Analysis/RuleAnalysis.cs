using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>One command of the search as its author wrote it. A bare macro has the name `search`, the macro's name and what it expands to.</summary>
public sealed record AnalyzedStage(int Number, string Command, string Text, Span At, IReadOnlyList<Predicate> Predicates)
{
    /// <summary>The macro, when the stage is nothing else.</summary>
    public string? Macro { get; init; }

    /// <summary>The stage with its macros expanded; null when it has none.</summary>
    public string? Expansion { get; init; }
}

/// <summary>A field, a kind of test and the values: what a rule looks for, each once, values without regard to case.</summary>
public sealed record Indicator(string Field, PredicateKind Kind, IReadOnlyList<string> Values, bool Negated)
{
    /// <summary>See <see cref="FieldPredicate.Computed"/>.</summary>
    public string? Computed { get; init; }
}

/// <summary>What can be said of a search from its text alone.</summary>
public sealed record RuleAnalysis(IReadOnlyList<AnalyzedStage> Stages, IReadOnlyList<Indicator> Indicators, int Unanalyzed, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Analyses a rule's search; a macro that nobody defines is a diagnostic, and its conditions count as not analysed.</summary>
    public static RuleAnalysis Of(Rule rule, IMacroSource macros) => Of(rule.Search, new RuleMacros(rule, macros));

    /// <summary>Analyses a search.</summary>
    public static RuleAnalysis Of(string search, IMacroSource macros)
    {
        var parsed = SplParser.Parse(search);
        var diagnostics = new List<Diagnostic>(parsed.Diagnostics);
        var analyzer = new StageAnalyzer();
        var stages = new List<AnalyzedStage>();
        foreach (var command in parsed.Search.Commands)
        {
            var piped = stages.Count > 0 || parsed.Search.LeadingPipe;
            var text = piped ? "| " + command.Text : command.Text;
            var expansion = MacroExpander.Expand(text, macros);
            var shift = command.Span.Start - (piped ? 2 : 0);
            diagnostics.AddRange(expansion.Diagnostics.Select(diagnostic => diagnostic with { At = diagnostic.At with { Start = Math.Max(0, diagnostic.At.Start + shift) } }));
            if (expansion.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)) analyzer.CountUnknown();
            var commands = SplParser.Parse(expansion.Text).Search.Commands;
            stages.Add(new AnalyzedStage(stages.Count + 1, command.Name.Length == 0 ? "search" : command.Name, text, command.Span, [.. commands.SelectMany(analyzer.Analyze)])
            {
                Macro = command.IsMacro ? command.Arguments[0].Macro?.Key : null,
                Expansion = expansion.Used.Count > 0 ? expansion.Text : null,
            });
        }
        return new RuleAnalysis(stages, IndicatorsOf(stages), analyzer.Unknown, diagnostics);
    }

    static List<Indicator> IndicatorsOf(List<AnalyzedStage> stages)
    {
        var rows = new Dictionary<(string, PredicateKind, bool, string?), List<string>>();
        foreach (var leaf in stages.SelectMany(stage => stage.Predicates).SelectMany(PredicateText.Leaves))
        {
            var (kind, negated) = (leaf.Kind, leaf.Negated) switch
            {
                (PredicateKind.Eq, true) => (PredicateKind.Ne, false),
                (PredicateKind.Ne, true) => (PredicateKind.Eq, false),
                var same => same,
            };
            var key = (leaf.Field, kind, negated, leaf.Computed);
            if (!rows.TryGetValue(key, out var values)) rows[key] = values = [];
            foreach (var value in leaf.Values)
                if (!values.Contains(value, StringComparer.OrdinalIgnoreCase)) values.Add(value);
        }
        return
        [
            .. rows.Select(row => new Indicator(row.Key.Item1, row.Key.Item2, row.Value, row.Key.Item3) { Computed = row.Key.Item4 })
                .OrderBy(indicator => indicator.Field, StringComparer.Ordinal).ThenBy(indicator => indicator.Kind),
        ];
    }
}
