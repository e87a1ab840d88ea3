using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Aggregates all rows, or those of each group.</summary>
sealed class Stats : Command
{
    public override string Name => "stats";

    public override string Usage => "stats [allnum=<bool>] [delim=<text>] [partitions=<count>] <aggregate>[(<field>)] [AS <name>] ... [BY <field> ...] [dedup_splitvals=<bool>]";

    public override string Summary => "Computes aggregates over all rows, or over the rows of each group.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new StatsStage([], []) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value)) stage = Option(syntax, stage, name, value);
            else if (reader.TryKeyword("by")) stage = stage with { By = ByFields.Take(reader) };
            else stage = stage with { Aggregations = [.. stage.Aggregations, .. AggregationGrammar.TakeAll(reader, "by")] };
        }
        if (stage.Aggregations.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `sum(field)`");
        ByFields.CheckNames(stage.Aggregations, stage.By);
        return stage;
    }

    static StatsStage Option(CommandSyntax syntax, StatsStage stage, string name, Token value)
    {
        switch (name)
        {
            case "allnum":
                return stage with { AllNumbers = OptionValue.Bool(syntax, name, value) };
            case "dedup_splitvals":
                return stage with { SplitsDistinct = OptionValue.Bool(syntax, name, value) };
            case "partitions":
                // How Splunk splits the work; the result is the same.
                OptionValue.Whole(syntax, name, value, 1);
                return stage;
            case "delim":
                // How several values are shown where only one can be; they stay several here.
                return stage;
            default:
                throw CommandErrors.UnknownOption(syntax, name, value.Span, "allnum", "delim", "partitions", "dedup_splitvals");
        }
    }
}

/// <summary>Aggregates by group. Rows that lack a BY field are dropped; one with several values belongs to several groups. Rows come out sorted by their BY values.</summary>
public sealed record StatsStage(IReadOnlyList<Aggregation> Aggregations, IReadOnlyList<string> By) : Stage
{
    /// <summary>Numeric aggregates give nothing where a value was no number.</summary>
    public bool AllNumbers { get; init; }

    /// <summary>Equal values of one BY field in one row count once.</summary>
    public bool SplitsDistinct { get; init; }

    /// <summary>What is asked later of the BY fields alone: groups that cannot stay need not be made. Null where nothing is.</summary>
    public LaterFilter? Later { get; init; }

    /// <inheritdoc/>
    public override string Command => "stats";

    /// <inheritdoc/>
    public override bool NeedsOrder => Aggregations.Any(aggregation => aggregation.Function.NeedsOrder);

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Aggregations.SelectMany(aggregation => aggregation.Reads).Concat(By));

    /// <inheritdoc/>
    public override Stage Simplify() => this with { Aggregations = [.. Aggregations.Select(aggregation => aggregation.Fold())] };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new StatsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"stats {string.Join(", ", Aggregations)}{ByFields.Describe(By)}{Later}";
}
