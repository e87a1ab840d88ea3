using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The time modifiers in the filter of a search over events.</summary>
static class TimeTerms
{
    // Splunk's old modifiers (search reference, time modifiers): compared as fields they would find nothing.
    static readonly string[] s_old =
    [
        "daysago", "enddaysago", "endhoursago", "endminutesago", "endmonthsago", "endtimeu", "hoursago", "minutesago", "monthsago",
        "searchtimespandays", "searchtimespanhours", "searchtimespanminutes", "searchtimespanmonths",
        "startdaysago", "starthoursago", "startminutesago", "startmonthsago", "starttimeu", "timeformat",
    ];

    /// <summary>
    /// Takes `earliest` and `latest` out of the terms that must all hold and sets the time range; what is left is the filter, null when nothing is.
    /// Under OR or NOT they are refused, because Splunk's documentation does not say what they would mean there.
    /// </summary>
    internal static SearchExpression? Take(SearchExpression? expression, ref EventsStage events, BindContext context)
    {
        var terms = new List<SearchExpression>();
        foreach (var term in expression is SearchAnd and ? and.Terms : expression is null ? [] : [expression])
        {
            if (term is SearchComparison { Field: "earliest" or "starttime", Operator: "=" } from)
                events = events with { Earliest = Time(from, context) };
            else if (term is SearchComparison { Field: "latest" or "endtime", Operator: "=" } to)
                events = events with { Latest = Time(to, context) };
            else if (FilterNames.Fields(term).FirstOrDefault(static field => field is "earliest" or "latest" or "starttime" or "endtime") is { } inner)
                throw new SplException(SearchErrors.TimeWithin(inner, term.Span));
            else if (FilterNames.Fields(term).FirstOrDefault(s_old.Contains) is { } old)
                throw new SplException(SearchErrors.OldTime(old, term.Span));
            else terms.Add(term);
        }
        return terms.Count == 0 ? null : terms.Count == 1 ? terms[0] : new SearchAnd(terms, expression!.Span);
    }

    static double Time(SearchComparison comparison, BindContext context) =>
        TimeModifier.TryParse(comparison.Value.Text, context.Now, context.Zone, out var time)
            ? time
            : throw new SplException(SearchErrors.BadTime(comparison.Field, comparison.Value.Text, comparison.Span));
}
