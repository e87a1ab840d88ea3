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
        if (depth > 200) return Unknown();
        return expression switch
        {
            SearchAnd and => Group(any: negated, and.Terms, negated, depth),
            SearchOr or => Group(any: !negated, or.Terms, negated, depth),
            SearchNot not => Analyze(not.Term, !negated, depth + 1),
            SearchText text => OfText(text, negated),
            SearchComparison comparison => OfComparison(comparison, negated),
            SearchIn @in => stage.Test(@in.Field, PredicateKind.In, [.. @in.Values.Select(value => value.Text)], negated),
            SearchSubsearch subsearch => stage.Subsearch(subsearch.Search, negated),
            _ => Unknown(),
        };
    }

    PredicateGroup? Unknown()
    {
        stage.CountUnknown();
        return null;
    }

    Predicate? Group(bool any, IReadOnlyList<SearchExpression> terms, bool negated, int depth)
    {
        var found = new List<Predicate>();
        foreach (var term in terms)
            if (Analyze(term, negated, depth + 1) is { } predicate) found.Add(predicate);
        return StageAnalyzer.Join(any, found);
    }

    FieldPredicate? OfText(SearchText text, bool negated) =>
        text.Text.AsSpan().Trim('*').IsEmpty ? null : stage.Test("_raw", PredicateKind.Contains, [text.Text.Trim('*')], negated);

    FieldPredicate? OfComparison(SearchComparison comparison, bool negated)
    {
        if (s_timeWords.Contains(comparison.Field)) return null;
        var value = comparison.Value.Text;
        switch (comparison.Operator)
        {
            case "=":
                var (kind, values) = WildcardKind.Of(value);
                return stage.Test(comparison.Field, kind, values, negated);
            case "!=":
                var (other, texts) = WildcardKind.Of(value);
                return other == PredicateKind.Eq
                    ? stage.Test(comparison.Field, PredicateKind.Ne, texts, negated)
                    : stage.Test(comparison.Field, other, texts, !negated);
            default:
                return stage.Test(comparison.Field, EvalAnalyzer.KindOf(comparison.Operator), [value], negated);
        }
    }
}
