using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What one aggregate of `chart` or `timechart` shows: an aggregate as it is, or an expression over several (<see cref="AggregateFormula"/>).</summary>
public sealed record SeriesColumn(IReadOnlyList<Aggregation> Aggregations)
{
    /// <summary>What is made of the aggregates; null shows the only one.</summary>
    public AggregateFormula? Formula { get; init; }

    /// <summary>Its name, which holds stars where the aggregate's field is a pattern.</summary>
    public string Name => Formula?.Name ?? Aggregations[0].Name;

    /// <summary>Where it stands.</summary>
    public Span At => Formula?.At ?? Aggregations[0].At;

    /// <summary>The same column with constant parts computed.</summary>
    public SeriesColumn Fold() => this with { Aggregations = [.. Aggregations.Select(aggregation => aggregation.Fold())], Formula = Formula?.Fold() };

    /// <inheritdoc/>
    public override string ToString() => Formula?.ToString() ?? string.Join(", ", Aggregations);
}
