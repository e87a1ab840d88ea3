using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>Search-mode filters to predicates. Brings NOT down to the comparisons.</summary>
sealed class FilterAnalyzer(StageAnalyzer stage)
{
    // Words that set the window or the source's metadata limits rather than test a field.
    static readonly HashSet<string> s_timeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "earliest", "latest", "_index_earliest", "_index_latest", "starttime", "endtime", "timeformat", "starthoursago", "endhoursago",
        "startdaysago", "enddaysago", "startminutesago", "endminutesago", "daysago", "hoursago", "minutesago",
    };

    public Predicate? Analyze(SearchExpression? expression, bool negated, int depth = 0)
    {
        if (expression is null) return null;
        if (depth > StageAnalyzer.MaxDepth) return stage.Unknown("a filter", $"it is nested deeper than {StageAnalyzer.MaxDepth}");
        return expression switch
        {
            SearchAnd and => Group(any: negated, and.Terms, negated, depth),
            SearchOr or => Group(any: !negated, or.Terms, negated, depth),
            SearchNot not => Analyze(not.Term, !negated, depth + 1),
            SearchText text => OfText(text, negated),
            SearchComparison comparison => OfComparison(comparison, negated),
            SearchIn @in => OfIn(@in, negated),
            SearchSubsearch subsearch => stage.Subsearch(subsearch.Search, negated),
            SearchMacro macro => stage.Unknown($"`{macro.Call.Key}`", "the macro is not defined"),
            _ => null,
        };
    }

    Predicate? Group(bool any, IReadOnlyList<SearchExpression> terms, bool negated, int depth)
    {
        var found = new List<Predicate>();
        foreach (var term in terms)
            if (Analyze(term, negated, depth + 1) is { } predicate) found.Add(predicate);
        return StageAnalyzer.Join(any, found);
    }

    FieldPredicate? OfText(SearchText text, bool negated)
    {
        // A bare word is looked for anywhere in the event: wildcards around it say nothing more.
        var word = text.Text.Trim('*');
        if (word.Length == 0) return null;
        return stage.Test("_raw", word.Contains('*', StringComparison.Ordinal) ? PredicateKind.Match : PredicateKind.Contains, [word], negated) with { CaseSensitive = text.Kind == TermKind.Case };
    }

    FieldPredicate? OfComparison(SearchComparison comparison, bool negated)
    {
        if (s_timeWords.Contains(comparison.Field)) return null;
        var (field, value) = (comparison.Field, comparison.Value);
        if (comparison.Operator is not ("=" or "!=")) return Test(field, EvalAnalyzer.KindOf(comparison.Operator), value, value.Text, negated);
        var (kind, text) = WildcardKind.Of(value.Text);
        if (comparison.Operator == "=") return Test(field, kind, value, text, negated);
        return kind == PredicateKind.Eq ? Test(field, PredicateKind.Ne, value, text, negated) : Test(field, kind, value, text, !negated);
    }

    // `a IN (x, *y*)` is `a IN (x) OR a=*y*`: each value is named by what it asks.
    Predicate? OfIn(SearchIn @in, bool negated)
    {
        var terms = new List<Predicate>();
        var plain = new List<string>();
        foreach (var value in @in.Values)
        {
            var (kind, text) = WildcardKind.Of(value.Text);
            if (kind == PredicateKind.Eq && value is { Macro: null, Subsearch: null, Kind: TermKind.Plain }) plain.Add(text);
            else terms.Add(Test(@in.Field, kind, value, text, negated));
        }
        if (plain.Count > 0) terms.Insert(0, stage.Test(@in.Field, PredicateKind.In, plain, negated));
        return StageAnalyzer.Join(any: !negated, terms);
    }

    FieldPredicate Test(string field, PredicateKind kind, SearchValue value, string text, bool negated)
    {
        if (value.Subsearch is { } search) return stage.Test(field, kind, [], negated) with { Computed = stage.NameOf(search), HasComputedValues = true };
        if (value.Macro is { } macro) return stage.Test(field, kind, [], negated) with { Computed = $"macro {macro.Key}", HasComputedValues = true };
        return stage.Test(field, kind, kind == PredicateKind.Exists ? [] : [text], negated) with { CaseSensitive = value.Kind == TermKind.Case };
    }
}
