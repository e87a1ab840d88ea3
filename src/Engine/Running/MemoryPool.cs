namespace Karst.Engine.Running;

/// <summary>
/// What many searches in one run hold together. Each has a limit of its own; a thousand rules would still use up the machine if each held only a little less than that.
/// Safe for several threads.
/// </summary>
sealed class MemoryPool
{
    long _bytes;
    int _holders;

    /// <summary>Who held so many bytes holds so many now; 0 is nothing.</summary>
    internal void Change(long before, long now)
    {
        Interlocked.Add(ref _bytes, now - before);
        if (before == 0 && now > 0) Interlocked.Increment(ref _holders);
        if (before > 0 && now == 0) Interlocked.Decrement(ref _holders);
    }

    /// <summary>All together hold more than <paramref name="most"/>, and who holds <paramref name="own"/> is not among the small ones.</summary>
    internal bool IsCrowded(long own, long most)
    {
        var bytes = Interlocked.Read(ref _bytes);
        return bytes > most && own >= bytes / (2 * Math.Max(1, _holders));
    }
}
