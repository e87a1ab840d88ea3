using Karst.Engine.Running;
using System.Text;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Ingest;
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
    readonly Dictionary<EventOrigin, IngestSettings> _ingest = [];
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
        if (_recognition.HasTooManyChannels) requests[0].Run.Messages.Add("many-channels", $"{file.Display} has more than {Recognition.MostChannels} channels; events of the others have the file's path as their source");
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
            Take(_fileOrigin, block);
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
            Take(origin, block);
            start = end;
        }
        block.Events.Clear();
        block.Events.AddRange(events);
    }

    EventOrigin OriginOf(RawBlock block, in RawEvent raw, bool isPerEvent) =>
        raw.Envelope is null && isPerEvent
            ? _recognition.OfWindowsEvent(block.Buffer.AsSpan(raw.Offset, raw.Length), _fileOrigin!)
            : _recognition.OfEnvelope(raw.Envelope, _fileOrigin!);

    // Events of one origin: through what changes them at index time, if there is such, and to the scan of the origin that they then have.
    void Take(EventOrigin origin, RawBlock block)
    {
        if (!_ingest.TryGetValue(origin, out var settings)) _ingest[origin] = settings = knowledge.IngestFor(origin);
        if (settings.IsEmpty)
        {
            ScanOf(origin).Take(block);
            return;
        }
        var changed = new RawBlock();
        var bytes = new List<byte>(block.Buffer.Length);
        var current = origin;
        foreach (var raw in block.Events)
        {
            var text = Encoding.UTF8.GetString(block.Buffer, raw.Offset, raw.Length);
            var own = origin;
            if (!settings.Apply(ref text, ref own, requests[0].Run)) continue;
            if (own != current) Flush();
            current = own;
            var start = bytes.Count;
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
            changed.Events.Add(raw with { Offset = start, Length = bytes.Count - start });
        }
        Flush();

        void Flush()
        {
            if (changed.Events.Count == 0) return;
            changed.Buffer = [.. bytes];
            ScanOf(current).Take(changed);
            // Slices of the buffer may live on.
            changed = new RawBlock();
            bytes.Clear();
        }
    }

    OriginScan ScanOf(EventOrigin origin)
    {
        if (_scans.TryGetValue(origin, out var scan)) return scan;
        var searched = knowledge.SearchSourcetype(origin) is { } sourcetype && sourcetype != origin.Sourcetype ? origin with { Sourcetype = sourcetype } : origin;
        return _scans[origin] = new OriginScan(searched, knowledge, requests, progress);
    }
}
