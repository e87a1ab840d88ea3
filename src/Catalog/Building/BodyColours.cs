using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Catalog.Building;

/// <summary>The colours of a rule's search as stretches of its file.</summary>
static class BodyColours
{
    /// <summary>The rule's file with the colours of its search.</summary>
    public static RuleBody Of(Rule rule)
    {
        var body = new List<ColouredSpan>();
        foreach (var colour in SplColours.Of(rule.Search))
        {
            var start = rule.SearchMap.Offset(colour.At.Start);
            var end = rule.SearchMap.Offset(colour.At.End - 1) + 1;
            if (end > start && (body.Count == 0 || body[^1].At.End <= start)) body.Add(colour with { At = Span.FromBounds(start, end) });
        }
        return new RuleBody(rule.SearchMap.Source, body);
    }
}
