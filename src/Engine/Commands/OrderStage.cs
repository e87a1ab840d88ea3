using Karst.Engine.Plans;
using Karst.Engine.Running;

namespace Karst.Engine.Commands;

/// <summary>
/// Puts events newest first, ties by their place in the input: the order in which Splunk's searches see events. Placed only where a
/// later stage or the reader of the rows depends on order. All rows are kept until the last has come, in order or not; those that do not fit into memory on disk.
/// </summary>
public sealed record OrderStage : Stage
{
    /// <summary>Newest first; rows without a time come last.</summary>
    public static SortKey NewestFirst { get; } = new("_time", true, SortKind.Time);

    /// <inheritdoc/>
    public override string Command => "order";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_time");

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SortingOperator(new RowSorting("order", [NewestFirst], 0, run));

    /// <inheritdoc/>
    public override string Describe() => "order newest first";
}
