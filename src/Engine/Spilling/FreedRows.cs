namespace Karst.Engine.Spilling;

/// <summary>
/// Memory of rows that are on disk or done with. The collector would leave it until it likes, and rows that are kept next would come on top: a limit of 256 MB took 600 MB.
/// </summary>
static class FreedRows
{
    // Collecting stops everything; a sort of 100 MB took no longer with it, but small limits would ask for it at every turn.
    const long Enough = 48 << 20;

    static long s_bytes;

    /// <summary>So many bytes of rows are held by nobody any more. Nothing may refer to them, not even a local variable.</summary>
    internal static void Add(long bytes)
    {
        if (Interlocked.Add(ref s_bytes, bytes) < Enough) return;
        Interlocked.Exchange(ref s_bytes, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
