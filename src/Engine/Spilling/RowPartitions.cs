using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Spilling;

/// <summary>Rows on disk, parted by the hash of a key, so that all rows of a key are in one part. Parts of parts are parted otherwise: <paramref name="depth"/> tells them apart.</summary>
public sealed class RowPartitions(int depth)
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 16;

    /// <summary>Parts of parts as deep as this are not parted any more: their keys have one hash.</summary>
    public const int MostDepth = 6;

    readonly SpilledRows?[] _parts = new SpilledRows?[Parts];

    /// <summary>The parts that have rows.</summary>
    public IEnumerable<SpilledRows> All => _parts.OfType<SpilledRows>();

    /// <summary>A part by number, null where it has no rows; a key is in the part of the same number in all partitions of one depth.</summary>
    public SpilledRows? this[int part] => _parts[part];

    /// <summary>Writes one row of a batch to the part of its key.</summary>
    public void Add(ReadOnlySpan<byte> key, Batch batch, int row) => (_parts[(ByteHash.Of(key) >> (4 * depth)) % Parts] ??= new SpilledRows()).Add(batch, row);

    /// <summary>Gives the room on disk back. A run that ends early leaves that to the runtime.</summary>
    public void Close()
    {
        foreach (var part in All) part.Dispose();
    }
}
