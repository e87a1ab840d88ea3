using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>
/// Who takes rows of a batch that many may want: a search, or what several searches do alike. First it is settled which rows each wants, by the fields that filters read;
/// then these rows are given, with all their fields.
/// </summary>
abstract class Route
{
    /// <summary>Where its rows can be looked up, that which seems best first; without any all rows are looked at.</summary>
    internal abstract IReadOnlyList<RowKey> Keys { get; }

    /// <summary>The first of its filters, which the router applies; null where it has none.</summary>
    internal abstract FilterStage? Filter { get; }

    /// <summary>The run that its filter belongs to.</summary>
    internal abstract RunContext Run { get; }

    /// <summary>The fields that must be there to settle which rows it wants.</summary>
    internal abstract FieldSet Settles { get; }

    /// <summary>The fields that must be there when rows are given.</summary>
    internal abstract FieldSet Wanted { get; }

    /// <summary>No more rows are wanted.</summary>
    internal abstract bool IsDone { get; }

    /// <summary>Remembers the rows of a batch for which its filter holds, in order; <paramref name="looked"/> is how many were looked at for that.</summary>
    internal abstract void Settle(Batch batch, ReadOnlySpan<int> rows, int looked);

    /// <summary>Marks the rows that it remembers.</summary>
    internal abstract void Mark(bool[] wanted);

    /// <summary>Takes the rows that it remembers, and forgets them; <paramref name="places"/> says where each row stands in this batch.</summary>
    internal abstract void Give(Batch batch, ReadOnlySpan<int> places);

    /// <summary>What was needed to settle its rows failed.</summary>
    internal abstract void Fail(Exception failure);
}
