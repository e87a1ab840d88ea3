namespace Karst.Events;

/// <summary>
/// The events of a Windows event log (EVTX) as XML, in the form that Windows renders them. Chunk by chunk: memory does not grow with the file. What is
/// damaged is counted (`bad-evtx`), and the rest is read.
/// </summary>
sealed class EvtxReader : EventReader
{
    const int FileHeader = 4_096;

    readonly ByteSource _source;
    readonly ReaderOptions _options;
    readonly InputFile _file;
    readonly Action<InputProblem> _problem;
    readonly CancellationToken _cancellation;
    readonly byte[] _bytes = new byte[EvtxChunk.Size];
    readonly EvtxChunk _chunk;
    readonly XmlSink _sink = new();
    long _read;
    long _events;
    int _at = -1;
    bool _ended;

    internal EvtxReader(ByteSource source, ReaderOptions options, InputFile file, Action<InputProblem> problem, CancellationToken cancellation)
    {
        _source = source;
        _options = options;
        _file = file;
        _problem = problem;
        _cancellation = cancellation;
        _chunk = new EvtxChunk(_bytes);
    }

    public override EventKind Kind => EventKind.Evtx;

    public override long BytesRead => _read;

    public override long FileBytesRead => _source.FileBytes;

    public override bool Read(RawBlock block)
    {
        block.Events.Clear();
        if (block.Keep || block.Buffer.Length == 0) _sink.Release();
        else _sink.Reuse(block.Buffer);
        block.Keep = false;
        if (_read == 0 && Fill(FileHeader) < FileHeader) Report("the file ends within its header");
        while (_sink.Length < _options.BlockBytes && (_read <= FileHeader || !_cancellation.IsCancellationRequested))
        {
            if (_at < 0 && !NextChunk()) break;
            var start = _sink.Length;
            if (!_chunk.TryRead(ref _at, _sink, out var damage))
            {
                _at = -1;
                continue;
            }
            if (damage is not null) Report($"an event was left out: {damage}");
            if (_sink.Length == start) continue;
            block.Events.Add(new RawEvent(start, _sink.Length - start));
            _events++;
        }
        block.Buffer = _sink.Buffer;
        return block.Events.Count > 0;
    }

    protected override void Close() => _source.Dispose();

    bool NextChunk()
    {
        while (!_ended)
        {
            var length = Fill(EvtxChunk.Size);
            if (length == 0) return false;
            if (_chunk.Start(length))
            {
                if (_chunk.Damage is { } damage) Report($"{damage}; what is readable was read");
                _at = 0;
                return true;
            }
            // A log is made larger than it needs to be: empty chunks are nothing.
            if (_bytes.AsSpan(0, length).IndexOfAnyExcept((byte)0) >= 0) Report("a chunk is none and was passed over");
        }
        return false;
    }

    int Fill(int wanted)
    {
        var length = 0;
        try
        {
            while (!_ended && length < wanted)
            {
                var read = _source.Stream.Read(_bytes, length, wanted - length);
                if (read == 0) _ended = true;
                length += read;
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or ZstdSharp.ZstdException or NotSupportedException)
        {
            _ended = true;
            var kind = failure is ExpansionException ? "expansion-limit" : _source.ErrorKind;
            _problem(new InputProblem(kind, _file.Display, ByteSource.Explain(kind, failure), _events) { Fatal = true });
        }
        _bytes.AsSpan(length).Clear();
        _read += length;
        return length;
    }

    void Report(string message) => _problem(new InputProblem("bad-evtx", _file.Display, message, _events));
}
