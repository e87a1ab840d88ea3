using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// A `tstats` as stages: the events of the dataset, the filter over the fields as events have them (so that it may move towards the source),
/// the buckets of time, then names as tstats has them, and `stats`.
/// </summary>
sealed class TstatsBinder(TstatsGrammar grammar, BindContext context)
{
    const string Bucket = "(bucket)";

    internal IReadOnlyList<Stage> Bind()
    {
        var syntax = grammar.Syntax;
        ITstatsNames names = grammar.Model is null ? new MetadataNames() : TstatsModelNames.Read(grammar, context);
        var stages = new List<Stage>(names.Source(context));
        var where = names.WithoutNode(grammar.Where);
        if (where is not null && stages[0] is EventsStage events)
        {
            where = TimeTerms.Take(where, ref events, context);
            stages[0] = events;
        }
        var filter = where is null ? null : PredicateBinder.Bind(FilterNames.Map(where, names.Column), Subsearch(names));
        var by = grammar.By.ConvertAll(field => (From: names.Column(field.Value, field.Span), To: field.Value));
        var inputs = grammar.Aggregations
            .Where(aggregation => aggregation.Field is not null)
            .Select(aggregation => (From: names.Column(aggregation.Field!, aggregation.At), To: aggregation.Field!))
            .ToList();
        ByFields.CheckNames(grammar.Aggregations, [.. by.Select(field => field.To)]);
        // Only now is it known which datasets beneath the root have a say.
        if (names.Nodes(context) is { } nodes) stages.Add(nodes);
        if (filter is not null) stages.Add(new FilterStage(filter) { At = syntax.Span });
        AddBuckets(stages, by);
        var copies = by.Concat(inputs);
        if (grammar.Aggregations.Exists(aggregation => aggregation.Function.NeedsTime)) copies = copies.Append((From: "_time", To: "_time"));
        stages.Add(new CopyFieldsStage([.. copies.Distinct()]) { At = syntax.Span });
        if (grammar.Fill is { } fill && by.Count > 0) stages.Add(new FillFieldsStage([.. by.Select(field => field.To)], fill) { At = syntax.Span });
        stages.Add(new StatsStage(grammar.Aggregations, [.. by.Select(field => field.To)]) { At = syntax.Span });
        if (by.Exists(field => field.To == Bucket)) stages.Add(new RenameStage([new Renaming(Bucket, "_time")]) { At = syntax.Span });
        return UnreadCalculations.Drop(stages);
    }

    // The buckets of `_time` group, while `min(_time)` and `latest(x)` still see the events' own times.
    void AddBuckets(List<Stage> stages, List<(string From, string To)> by)
    {
        var at = by.FindIndex(field => field.To == "_time");
        if (at < 0)
        {
            if (grammar.Span is not null) throw CommandErrors.Missing(grammar.Syntax, "`_time` behind BY where `span=` is given");
            return;
        }
        if (grammar.Span is null)
            context.Diagnostics.Add(new Diagnostic("KNW023", "`BY _time` without `span=` takes buckets of one second", grammar.By[at].Span,
                "Splunk starts from seconds too, and takes longer ones for many results", DiagnosticKind.Style, Severity.Note));
        stages.Add(new BinStage("_time", Bucket, grammar.Span ?? SpanLength.Parse("1s")!, null) { At = grammar.Syntax.Span });
        by[at] = (Bucket, Bucket);
    }

    Func<SearchSyntax, Plan> Subsearch(ITstatsNames names) => inner =>
    {
        var plan = context.BindSubsearch(inner);
        return new Plan([.. plan.Stages, new SubsearchNamesStage(names)]);
    };
}

/// <summary>What the names in a `tstats` stand for.</summary>
interface ITstatsNames
{
    /// <summary>The stages that give the events.</summary>
    IReadOnlyList<Stage> Source(BindContext context);

    /// <summary>The filter without a `nodename` that the source has seen to already.</summary>
    SearchExpression? WithoutNode(SearchExpression? where);

    /// <summary>The field of the events that a name stands for.</summary>
    string Column(string name, Span at);

    /// <summary>The stage for datasets beneath the root that were asked for; null when none was.</summary>
    Stage? Nodes(BindContext context);

    /// <summary>As <see cref="Column"/>, for a name that is known only when the search runs.</summary>
    string LateColumn(string name);
}
