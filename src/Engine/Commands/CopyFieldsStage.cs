using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Gives the named fields other names, in this order, and drops all others. One field may be copied to several names.</summary>
public sealed record CopyFieldsStage(IReadOnlyList<(string From, string To)> Copies) : Stage
{
    /// <inheritdoc/>
    public override string Command => "tstats";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Copies.Where(copy => after.Contains(copy.To)).Select(copy => copy.From));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new CopyOperator(Copies);

    /// <inheritdoc/>
    public override string Describe() => $"names {string.Join(", ", Copies.Select(copy => copy.From == copy.To ? copy.To : $"{copy.From} AS {copy.To}"))}";

    sealed class CopyOperator(IReadOnlyList<(string From, string To)> copies) : Operator
    {
        public override bool Push(Batch batch)
        {
            var columns = new List<Column>(copies.Count);
            foreach (var (from, to) in copies)
                if (batch.Find(from) is { } column) columns.Add(from == to ? column : new Column(to, column.Values));
            return Next.Push(new Batch(batch.Count, [.. columns]));
        }
    }
}
