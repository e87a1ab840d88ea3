using Karst.Engine.Plans;
using Karst.Engine.Running;

namespace Karst.Engine.Commands;

/// <summary>
/// Aggregates by a field for the rows and, if there is one, a field for the columns: what `chart` and `timechart` share. Rows without the first field
/// are dropped; rows of the result are sorted by it.
/// </summary>
public sealed record SeriesStage(string Name, IReadOnlyList<SeriesColumn> Columns) : Stage
{
    /// <summary>The aggregates of all columns, one after the other.</summary>
    public IReadOnlyList<Aggregation> Aggregations { get; } = [.. Columns.SelectMany(column => column.Aggregations)];

    /// <summary>The field of the rows; null is one row for all.</summary>
    public SeriesAxis? Rows { get; init; }

    /// <summary>The field of the columns.</summary>
    public SeriesAxis? Series { get; init; }

    /// <summary>The options of both commands.</summary>
    public SeriesOptions Options { get; init; } = new();

    /// <summary>Rows of time fill the search's window where it has one.</summary>
    public bool FillsWindow { get; init; }

    /// <summary>Buckets of time that reach beyond the search's window come out as well.</summary>
    public bool KeepsPartial { get; init; } = true;

    /// <inheritdoc/>
    public override string Command => Name;

    /// <inheritdoc/>
    public override bool NeedsOrder => Aggregations.Any(aggregation => aggregation.Function.NeedsOrder);

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) =>
        FieldSet.Of(Aggregations.SelectMany(aggregation => aggregation.Reads)
            .Concat(Rows is null ? [] : [Rows.Field]).Concat(Series is null ? [] : [Series.Field]));

    /// <inheritdoc/>
    public override Stage Simplify() => new SeriesStage(Name, [.. Columns.Select(column => column.Fold())]) { Rows = Rows, Series = Series, Options = Options, FillsWindow = FillsWindow, KeepsPartial = KeepsPartial, At = At };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SeriesOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"{Name} {string.Join(", ", Columns)}{(Rows is null ? "" : $" OVER {Rows}")}{(Series is null ? "" : $" BY {Series}")}";
}
