using Karst.Engine.Running;
using Karst.Engine.Knowledge;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>One file on its way to all requests: blocks are read, their events told apart by origin, and each origin's scan does the rest.</summary>
sealed class FileScan(
    InputFile file,
    EventReader reader,
    FileMetadata metadata,
    IKnowledge knowledge,
    IReadOnlyList<ScanRequest> requests,
    ScanProgress progress,
    Action<ScanProgress>? onProgress)
{
    readonly Dictionary<EventOrigin, OriginScan> _scans = [];
    readonly Recognition _recognition = new(file.Display, metadata);
    EventOrigin? _fileOrigin;

    internal void Run(CancellationToken cancellation)
    {
        var block = new RawBlock();
        var before = progress.Bytes;
        while (reader.Read(block))
        {
            progress.Bytes = before + reader.BytesRead;
            progress.Events += block.Events.Count;
            Scan(block);
            onProgress?.Invoke(progress);
            // What was read before an interruption is counted.
            if (cancellation.IsCancellationRequested) break;
            if (requests.All(request => request.IsDone)) break;
        }
        progress.Bytes = before + reader.BytesRead;
        foreach (var scan in _scans.Values) scan.Finish();
    }

    void Scan(RawBlock block)
    {
        if (block.Events.Count == 0) return;
        if (_fileOrigin is null)
        {
            (_fileOrigin, var alike, var looked) = _recognition.OfFile(block, reader.Kind);
            progress.Recognised.Add((file.Display, _fileOrigin.Sourcetype, alike, looked));
        }
        var isPerEvent = _recognition.IsPerEvent(_fileOrigin);
        if (!isPerEvent && block.Events.TrueForAll(static raw => raw.Envelope is null))
        {
            ScanOf(_fileOrigin).Take(block);
            return;
        }
        // Events of one export may come from many hosts and sourcetypes: neighbours of one origin go together.
        var events = block.Events.ToArray();
        for (var start = 0; start < events.Length;)
        {
            var origin = OriginOf(block, events[start], isPerEvent);
            var end = start + 1;
            while (end < events.Length && OriginOf(block, events[end], isPerEvent) == origin) end++;
            block.Events.Clear();
            block.Events.AddRange(events.AsSpan(start, end - start));
            ScanOf(origin).Take(block);
            start = end;
        }
        block.Events.Clear();
        block.Events.AddRange(events);
    }

    EventOrigin OriginOf(RawBlock block, in RawEvent raw, bool isPerEvent) =>
        raw.Envelope is null && isPerEvent
            ? _recognition.OfWindowsEvent(block.Buffer.AsSpan(raw.Offset, raw.Length), _fileOrigin!)
            : _recognition.OfEnvelope(raw.Envelope, _fileOrigin!);

    OriginScan ScanOf(EventOrigin origin)
    {
        if (_scans.TryGetValue(origin, out var scan)) return scan;
        return _scans[origin] = new OriginScan(origin, knowledge, requests, progress);
    }
}
