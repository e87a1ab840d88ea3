namespace Karst.Engine.Scanning;

/// <summary>How far a source has come. Counted by all threads of a scan.</summary>
public sealed class ScanProgress
{
    int _files;
    long _bytes;
    long _events;
    long _candidates;

    /// <summary>Files read.</summary>
    public int Files => _files;

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Events read.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Events that the prefilter let through to field extraction.</summary>
    public long Candidates => Interlocked.Read(ref _candidates);

    /// <summary>How each file was recognised, in order: its name, its sourcetype, and how many of the first events show it.</summary>
    public List<(string File, string Sourcetype, int Alike, int Looked)> Recognised { get; } = [];

    internal void AddFile() => Interlocked.Increment(ref _files);

    internal void AddRead(long bytes, int events)
    {
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _events, events);
    }

    internal void AddCandidates(int events) => Interlocked.Add(ref _candidates, events);
}
