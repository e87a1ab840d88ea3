using Karst.Engine.Scanning.Sharing;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Ingest;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// One file on its way to all requests: blocks are read and their events told apart by origin. One thread reads it at a time; where <paramref name="isAlone"/>
/// says that no other scans it, an origin's scan sees all its events and knows the time of the last by itself.
/// </summary>
sealed class FileScan(
    InputFile file,
    Func<Action<InputProblem>, EventReader> open,
    FileMetadata metadata,
    IKnowledge knowledge,
    ScanWishes wishes,
    ScanProgress progress,
    bool isAlone)
{
    readonly Dictionary<EventOrigin, OriginScans> _scans = [];
    readonly Recognition _recognition = new(file.Display, metadata);
    readonly Dictionary<EventOrigin, IngestSettings> _ingest = [];
    readonly List<InputProblem> _problems = [];
    EventReader? _reader;
    EventOrigin? _fileOrigin;
    (int Alike, int Looked) _recognised;
    long _bytes;

    /// <summary>A thread reads the file.</summary>
    internal bool IsReading { get; set; }

    /// <summary>The file was read to its end.</summary>
    internal bool IsRead { get; set; }

    /// <summary>The parts whose rows were not given yet, in order.</summary>
    internal Queue<ScanPart> Parts { get; } = new();

    /// <summary>The next part of the file, read into a block; null at its end.</summary>
    internal ScanPart? Read(ScanOrder order, RawBlock block)
    {
        _reader ??= open(_problems.Add);
        var hasMore = _reader.Read(block);
        progress.AddRead(_reader.BytesRead - _bytes, block.Events.Count);
        _bytes = _reader.BytesRead;
        if (!hasMore)
        {
            Close();
            return null;
        }
        var part = new ScanPart(order, block);
        Sort(block, part);
        part.Add(_problems);
        _problems.Clear();
        return part;
    }

    /// <summary>Closes the file.</summary>
    internal void Close() => _reader?.Dispose();

    /// <summary>Hands over counts and messages, when all its rows were given.</summary>
    internal void Finish(Action<InputProblem> problem)
    {
        Close();
        foreach (var found in _problems) problem(found);
        if (_fileOrigin is not null) progress.Recognised.Add((file.Display, _fileOrigin.Sourcetype, _recognised.Alike, _recognised.Looked));
        foreach (var scan in _scans.Values) scan.Finish();
        if (_recognition.HasTooManyChannels) wishes.Requests[0].Run.Messages.Add("many-channels", $"{file.Display} has more than {Recognition.MostChannels} channels; events of the others have the file's path as their source");
        progress.AddFile();
    }

    void Sort(RawBlock block, ScanPart part)
    {
        if (block.Events.Count == 0) return;
        if (_fileOrigin is null) (_fileOrigin, _recognised.Alike, _recognised.Looked) = _recognition.OfFile(block, _reader!.Kind);
        var isPerEvent = _recognition.IsPerEvent(_fileOrigin);
        var groups = new OriginGroups(block, knowledge, _ingest, wishes.Requests[0].Run);
        if (!isPerEvent && block.Events.TrueForAll(static raw => raw.Envelope is null)) groups.AddAll(_fileOrigin);
        else
            foreach (var raw in block.Events) groups.Add(OriginOf(block, raw, isPerEvent), raw);
        foreach (var (origin, events) in groups.Finish())
        {
            var scans = ScansOf(origin);
            part.Add(scans, events, isAlone ? null : scans.TimeBehind(events));
        }
    }

    EventOrigin OriginOf(RawBlock block, in RawEvent raw, bool isPerEvent) =>
        raw.Envelope is null && isPerEvent
            ? _recognition.OfWindowsEvent(block.Buffer.AsSpan(raw.Offset, raw.Length), _fileOrigin!)
            : _recognition.OfEnvelope(raw.Envelope, _fileOrigin!);

    OriginScans ScansOf(EventOrigin origin)
    {
        if (_scans.TryGetValue(origin, out var scans)) return scans;
        var searched = knowledge.SearchSourcetype(origin) is { } sourcetype && sourcetype != origin.Sourcetype ? origin with { Sourcetype = sourcetype } : origin;
        return _scans[origin] = new OriginScans(searched, knowledge, wishes, progress);
    }
}
