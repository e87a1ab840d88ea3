using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives the fields of a filter other names.</summary>
static class FilterNames
{
    internal static SearchExpression Map(SearchExpression expression, Func<string, Span, string> name) => expression switch
    {
        SearchAnd and => and with { Terms = [.. and.Terms.Select(term => Map(term, name))] },
        SearchOr or => or with { Terms = [.. or.Terms.Select(term => Map(term, name))] },
        SearchNot not => not with { Term = Map(not.Term, name) },
        SearchComparison comparison => comparison with { Field = name(comparison.Field, comparison.FieldSpan) },
        SearchIn list => list with { Field = name(list.Field, list.FieldSpan) },
        _ => expression,
    };

    /// <summary>The terms that must all hold.</summary>
    internal static IReadOnlyList<SearchExpression> Terms(SearchExpression? expression) =>
        expression is SearchAnd and ? [.. and.Terms.SelectMany(Terms)] : expression is null ? [] : [expression];

    /// <summary>Every field that the filter names.</summary>
    internal static IEnumerable<string> Fields(SearchExpression? expression) => expression switch
    {
        SearchAnd and => and.Terms.SelectMany(Fields),
        SearchOr or => or.Terms.SelectMany(Fields),
        SearchNot not => Fields(not.Term),
        SearchComparison comparison => [comparison.Field],
        SearchIn list => [list.Field],
        _ => [],
    };
}
