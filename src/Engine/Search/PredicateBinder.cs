using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>Search syntax to a predicate: fields become slots, values become matchers. The same for `search`, event types, and the `where` of tstats and inputlookup.</summary>
public sealed class PredicateBinder
{
    readonly List<string> _fields = [];
    readonly Func<SearchSyntax, Plan>? _bindSubsearch;

    PredicateBinder(Func<SearchSyntax, Plan>? bindSubsearch) => _bindSubsearch = bindSubsearch;

    /// <summary>Binds a filter; without <paramref name="bindSubsearch"/> a subsearch is refused. Null syntax keeps all rows.</summary>
    public static BoundPredicate Bind(SearchExpression? expression, Func<SearchSyntax, Plan>? bindSubsearch = null)
    {
        var binder = new PredicateBinder(bindSubsearch);
        var root = expression is null ? new ConstantPredicate(true) : binder.BindNode(expression);
        return new BoundPredicate(root, binder._fields);
    }

    /// <summary>Binds a filter given as text, with or without `search` before it; throws <see cref="SplException"/> when it cannot be read or has commands behind it.</summary>
    public static BoundPredicate BindText(string text)
    {
        var parsed = SplParser.Parse(text.StartsWith("search ", StringComparison.OrdinalIgnoreCase) ? text : "search " + text);
        if (parsed.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error) throw new SplException(error);
        return parsed.Search.Commands is [var only]
            ? Bind(SplParser.ParseSearch(new ArgumentReader(only)))
            : throw new SplException(SearchErrors.NotOnlyFilter(parsed.Search.Span));
    }

    /// <summary>Binds a filter that consists of already bound terms of <paramref name="from"/>: slots are given anew.</summary>
    public static BoundPredicate Rebind(IEnumerable<Predicate> terms)
    {
        var binder = new PredicateBinder(null);
        Predicate[] bound = [.. terms.Select(binder.Move)];
        return new BoundPredicate(bound.Length == 1 ? bound[0] : new AndPredicate(bound), binder._fields);
    }

    /// <summary>The fields that a predicate reads.</summary>
    public static IReadOnlyList<string> FieldsOf(Predicate predicate)
    {
        var binder = new PredicateBinder(null);
        binder.Move(predicate);
        return binder._fields;
    }

    Predicate BindNode(SearchExpression expression)
    {
        switch (expression)
        {
            case SearchAnd and:
                return new AndPredicate([.. and.Terms.Select(BindNode)]);
            case SearchOr or:
                return new OrPredicate([.. or.Terms.Select(BindNode)]);
            case SearchNot not:
                return new NotPredicate(BindNode(not.Term));
            case SearchText text:
                var term = new TextTerm(text.Text, text.Kind);
                return term.IsAny ? new ConstantPredicate(true) : new TextPredicate(Slot("_raw"), term);
            case SearchComparison comparison:
                return BindComparison(comparison);
            case SearchIn list:
                return new FieldInPredicate(list.Field, Slot(list.Field), [.. list.Values.Select(Matcher)]);
            case SearchSubsearch subsearch when _bindSubsearch is not null:
                return new SubsearchPredicate(_bindSubsearch(subsearch.Search));
            case SearchMacro macro:
                throw new SplException(SearchErrors.UndefinedMacro(macro.Call));
            default:
                throw new SplException(SearchErrors.NoSubsearch(expression.Span));
        }
    }

    Predicate BindComparison(SearchComparison comparison)
    {
        var field = comparison.Field;
        if (field.StartsWith("_index_", StringComparison.Ordinal))
            throw new SplException(SearchErrors.IndexTime(field, comparison.Span));
        return comparison.Operator switch
        {
            "=" => new FieldPredicate(field, Slot(field), Matcher(comparison.Value)),
            "!=" => new FieldNotPredicate(field, Slot(field), Matcher(comparison.Value)),
            var order => new FieldOrderPredicate(field, Slot(field), order, TextOf(comparison.Value)),
        };
    }

    static ValueMatcher Matcher(SearchValue value) => new(TextOf(value), value.Kind == TermKind.Case);

    static string TextOf(SearchValue value) => value.Subsearch is null ? value.Text : throw new SplException(SearchErrors.SubsearchAsValue(value.Span));

    Predicate Move(Predicate predicate) => predicate switch
    {
        AndPredicate and => new AndPredicate([.. and.Terms.Select(Move)]),
        OrPredicate or => new OrPredicate([.. or.Terms.Select(Move)]),
        NotPredicate not => new NotPredicate(Move(not.Term)),
        FieldPredicate field => field with { Slot = Slot(field.Field) },
        FieldNotPredicate field => field with { Slot = Slot(field.Field) },
        FieldInPredicate field => field with { Slot = Slot(field.Field) },
        FieldOrderPredicate field => field with { Slot = Slot(field.Field) },
        TextPredicate text => text with { Slot = Slot("_raw") },
        _ => predicate,
    };

    int Slot(string field)
    {
        var slot = _fields.IndexOf(field);
        if (slot >= 0) return slot;
        _fields.Add(field);
        return _fields.Count - 1;
    }
}
