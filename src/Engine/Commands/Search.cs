using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the rows that match words, phrases and field comparisons; as the first command it reads events.</summary>
sealed class Search : Command
{
    public override string Name => "search";

    public override string Usage => "search <words, \"phrases\", field=value, field IN (a, b*), NOT, OR, parentheses, [subsearch]>";

    public override string Summary => "Keeps the rows that match words, phrases and field comparisons.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var expression = SplParser.ParseSearch(reader);
        reader.ExpectEnd();
        return new FilterStage(PredicateBinder.Bind(expression, context.BindSubsearch)) { At = syntax.Span };
    }

    /// <summary>
    /// Binds a first search: `earliest` and `latest` among the terms that must all hold become the time range. Elsewhere (under OR or
    /// NOT) they are refused, because Splunk's documentation does not say what they would mean.
    /// </summary>
    internal static (EventsStage Events, FilterStage? Filter) BindFirst(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var expression = SplParser.ParseSearch(reader);
        reader.ExpectEnd();
        var events = new EventsStage(FieldSet.All) { At = syntax.Span };
        var terms = new List<SearchExpression>();
        foreach (var term in expression is SearchAnd and ? and.Terms : expression is null ? [] : [expression])
        {
            if (term is SearchComparison { Field: "earliest" or "starttime", Operator: "=" } from)
                events = events with { Earliest = Time(from, context) };
            else if (term is SearchComparison { Field: "latest" or "endtime", Operator: "=" } to)
                events = events with { Latest = Time(to, context) };
            else terms.Add(term);
        }
        if (terms.Count == 0) return (events, null);
        var rest = terms.Count == 1 ? terms[0] : new SearchAnd(terms, expression!.Span);
        return (events, new FilterStage(PredicateBinder.Bind(rest, context.BindSubsearch)) { At = syntax.Span });
    }

    static double Time(SearchComparison comparison, BindContext context) =>
        TimeModifier.TryParse(comparison.Value.Text, context.Now, context.Zone, out var time)
            ? time
            : throw new SplException(SearchErrors.BadTime(comparison.Field, comparison.Value.Text, comparison.Span));
}
