using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Computes aggregates over metrics.</summary>
sealed class Mstats : Command
{
    const string Bucket = "(bucket)";

    public override string Name => "mstats";

    public override string Usage => "mstats [fillnull_value=<text>] <aggregate>(<metric> | _value) [AS <name>] ... WHERE <filter> [BY <field> ...] [span=<length>]";

    public override string Summary => "Computes aggregates over the measurements of metrics.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context)[^1];

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw GeneratedSearch.NotFirst(syntax);
        var grammar = MstatsGrammar.Read(syntax);
        var stages = new List<Stage>(GeneratedSearch.Bind("search *", context)) { new MeasurementsStage { At = syntax.Span } };
        var where = grammar.Where;
        if (where is not null && stages[0] is EventsStage events)
        {
            where = TimeTerms.Take(where, ref events, context);
            stages[0] = events;
        }
        if (where is not null) stages.Add(new FilterStage(PredicateBinder.Bind(where, context.BindSubsearch)) { At = syntax.Span });
        var by = grammar.By.Select(field => field.Value).ToList();
        var metrics = grammar.Aggregations.Where(aggregation => aggregation.Field is not (null or "_value")).Select(aggregation => aggregation.Field!).Distinct().ToList();
        if (grammar.Fill is { } fill && by.Count > 0) stages.Add(new FillFieldsStage(by, fill) { At = syntax.Span });
        if (grammar.Span is { } span)
        {
            stages.Add(new BinStage("_time", Bucket, span, null) { At = syntax.Span });
            by.Insert(0, Bucket);
        }
        ByFields.CheckNames(grammar.Aggregations, by);
        stages.Add(new MetricColumnsStage(metrics, [.. by]) { At = syntax.Span });
        stages.Add(new StatsStage(grammar.Aggregations, by) { At = syntax.Span });
        if (grammar.Span is not null) stages.Add(new RenameStage([new Renaming(Bucket, "_time")]) { At = syntax.Span });
        return stages;
    }
}
