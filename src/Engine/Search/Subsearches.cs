using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>
/// Runs the subsearches of a filter and puts what they found in their place, as `format` would: rows are ORed, a row's fields ANDed,
/// several values of a field ORed; a field named `search` or `query` gives its value as a part of the search; internal fields (`_*`) are left out;
/// no rows match nothing (spl-semantics 44).
/// </summary>
static class Subsearches
{
    internal static FilterStage Resolve(FilterStage stage, RunContext run) =>
        Holds(stage.Filter.Root) ? new FilterStage(Resolve(stage.Filter, run)) { At = stage.At } : stage;

    internal static BoundPredicate Resolve(BoundPredicate filter, RunContext run) =>
        Holds(filter.Root) ? PredicateBinder.Rebind([Resolve(filter.Root, run)]) : filter;

    /// <summary>The subsearches of a filter.</summary>
    internal static IEnumerable<Plan> In(Predicate predicate) => predicate switch
    {
        SubsearchPredicate subsearch => [subsearch.Plan],
        AndPredicate and => and.Terms.SelectMany(In),
        OrPredicate or => or.Terms.SelectMany(In),
        NotPredicate not => In(not.Term),
        _ => [],
    };

    internal static bool Holds(Predicate predicate) => In(predicate).Any();

    static Predicate Resolve(Predicate predicate, RunContext run) => predicate switch
    {
        SubsearchPredicate subsearch => FromRows(run.CollectSubsearch(subsearch.Plan, run.Limits.SubsearchRows)),
        AndPredicate and => new AndPredicate([.. and.Terms.Select(term => Resolve(term, run))]),
        OrPredicate or => new OrPredicate([.. or.Terms.Select(term => Resolve(term, run))]),
        NotPredicate not => new NotPredicate(Resolve(not.Term, run)),
        _ => predicate,
    };

    static Predicate FromRows(RowStore rows)
    {
        var names = rows.Names.Where(name => !name.StartsWith('_')).ToArray();
        var terms = new List<Predicate>();
        for (var row = 0; row < rows.Count; row++)
        {
            var fields = new List<Predicate>();
            foreach (var name in names)
            {
                var value = rows.Get(name, row);
                if (value.IsNull) continue;
                var any = new List<Predicate>();
                for (var i = 0; i < value.Count; i++) any.Add(Term(name, value[i].ToString()));
                fields.Add(any.Count == 1 ? any[0] : new OrPredicate(any));
            }
            if (fields.Count > 0) terms.Add(new AndPredicate(fields));
        }
        return terms.Count == 0 ? new ConstantPredicate(false) : new OrPredicate(terms);
    }

    static Predicate Term(string name, string text) =>
        name is "search" or "query"
            ? Filter(text)
            : new FieldPredicate(name, 0, new ValueMatcher(text));

    // The text is a part of the search (`return`, `format`): a filter and nothing else, whatever a log put into it.
    static Predicate Filter(string text)
    {
        try
        {
            return PredicateBinder.BindText(text).Root;
        }
        catch (SplException error)
        {
            throw new SearchFailedException($"a subsearch gave a filter that cannot be read: {error.Diagnostic.Message}");
        }
    }
}
