using Karst.Catalog.Html.Writing;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Html.Parts;

/// <summary>What a stage tests, as a tree: groups with their and/or, comparisons as field, kind and values.</summary>
static class Predicates
{
    // Rules with thousands of terms exist; their JSON has all.
    const int MaxTerms = 200;
    const int MaxDepth = 12;

    /// <summary>Writes a stage's predicates; fields lead to their pages where there are some.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<Predicate> predicates, Func<string, string?> fieldPage) => Terms(html, predicates, fieldPage, 0, Attr.Class("predicates"));

    static void Terms(HtmlWriter html, IReadOnlyList<Predicate> terms, Func<string, string?> fieldPage, int depth, params ReadOnlySpan<Attr> attributes)
    {
        using var list = html.Element(Tag.Ul, attributes);
        foreach (var term in terms.Take(MaxTerms))
        {
            using var item = html.Element(Tag.Li);
            Write(html, term, fieldPage, depth);
        }
        if (terms.Count <= MaxTerms) return;
        using (html.Element(Tag.Li)) html.Element(Tag.Span, $"{Lists.Number(terms.Count - MaxTerms)} more in the JSON", Attr.Class("joint"));
    }

    static void Write(HtmlWriter html, Predicate predicate, Func<string, string?> fieldPage, int depth)
    {
        switch (predicate)
        {
            case FieldPredicate field:
                Write(html, field, fieldPage);
                break;
            case PredicateGroup when depth >= MaxDepth:
                html.Element(Tag.Span, predicate.Describe(), Attr.Class("value"));
                break;
            case PredicateGroup group:
                html.Element(Tag.Span, group.Any ? "any of" : "all of", Attr.Class("joint"));
                Terms(html, group.Terms, fieldPage, depth + 1);
                break;
        }
    }

    static void Write(HtmlWriter html, FieldPredicate predicate, Func<string, string?> fieldPage)
    {
        if (predicate.Negated)
        {
            html.Element(Tag.Span, "not", Attr.Class("not"));
            html.Text(" ");
        }
        Lists.Link(html, predicate.Field, fieldPage(predicate.Field), "field");
        html.Text(" ");
        html.Element(Tag.Span, predicate.Kind.Name(), Attr.Class("op"));
        foreach (var value in predicate.Values.Take(MaxTerms))
        {
            html.Text(" ");
            html.Element(Tag.Span, value, Attr.Class("value"));
        }
        if (predicate.Values.Count > MaxTerms) html.Element(Tag.Span, $" and {Lists.Number(predicate.Values.Count - MaxTerms)} more", Attr.Class("joint"));
        if (predicate.Computed is { } computed)
        {
            html.Text(" ");
            html.Element(Tag.Span, $"computed: {computed}", Attr.Class("joint"));
        }
    }
}
