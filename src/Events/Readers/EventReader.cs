namespace Karst.Events;

/// <summary>Reads the events of one input, block by block, in the order of the input. Not for several threads at once.</summary>
public abstract class EventReader : IDisposable
{
    /// <summary>How the input is cut into events.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>Bytes read so far, after decompression.</summary>
    public abstract long BytesRead { get; }

    /// <summary>Bytes read so far from the file itself, before decompression.</summary>
    public abstract long FileBytesRead { get; }

    /// <summary>
    /// Puts the next events into the block: false at the end of the input, after an error that was reported, or when cancelled.
    /// The block's buffer is filled anew, or replaced where <see cref="RawBlock.Keep"/> was set; then `Keep` is cleared.
    /// </summary>
    public abstract bool Read(RawBlock block);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the input.</summary>
    protected abstract void Close();
}
