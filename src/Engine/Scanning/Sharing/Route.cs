using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>Who takes rows of a batch that many may want: a search, or what several searches do alike.</summary>
abstract class Route
{
    /// <summary>Where its rows are looked up; null takes all rows.</summary>
    internal abstract RowKey? Key { get; }

    /// <summary>The first of its filters, which the router applies; null where it has none.</summary>
    internal abstract FilterStage? Filter { get; }

    /// <summary>The run that its filter belongs to.</summary>
    internal abstract RunContext Run { get; }

    /// <summary>No more rows are wanted.</summary>
    internal abstract bool IsDone { get; }

    /// <summary>Takes the rows of a batch for which its filter holds, in order; <paramref name="looked"/> is how many were looked at for that.</summary>
    internal abstract void Push(Batch batch, ReadOnlySpan<int> rows, int looked);

    /// <summary>What the filter needed to be looked at could not be.</summary>
    internal abstract void Fail(Exception failure);
}
