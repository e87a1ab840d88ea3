using ZstdSharp;

namespace Karst.Events;

/// <summary>Fills blocks from a stream and lets a splitter cut them; the unfinished rest of a block begins the next one.</summary>
sealed class BlockReader : EventReader
{
    readonly ByteSource _source;
    readonly Splitter _splitter;
    readonly EnvelopeDecoder? _decoder;
    readonly ReaderOptions _options;
    readonly InputFile _file;
    readonly Action<InputProblem> _problem;
    readonly CancellationToken _cancellation;
    byte[] _carry = [];
    int _carried;
    bool _ended;
    bool _skipping;
    long _bytes;
    long _events;

    public BlockReader(
        ByteSource source, EventKind kind, ReaderOptions options, InputFile file, Action<InputProblem> problem, CancellationToken cancellation)
    {
        _source = source;
        _options = options;
        _file = file;
        _problem = problem;
        _cancellation = cancellation;
        Kind = kind;
        _splitter = SplitterFor(kind, options);
        _splitter.Problem = Report;
        _decoder = kind switch
        {
            EventKind.SplunkJson => new SplunkJsonDecoder(Report),
            EventKind.Csv => new CsvDecoder(options.Table ?? new TableForm(), Report),
            _ => null,
        };
    }

    public override EventKind Kind { get; }

    public override long BytesRead => _bytes;

    public override long FileBytesRead => _source.FileBytes;

    public override bool Read(RawBlock block)
    {
        block.Events.Clear();
        var buffer = TakeBuffer(block);
        _carry.AsSpan(0, _carried).CopyTo(buffer);
        var length = _carried;
        _carried = 0;
        // What was looked at to recognise the input is given out even when the work was interrupted by then.
        while (_bytes == 0 || !_cancellation.IsCancellationRequested)
        {
            length += Fill(buffer, length);
            var start = 0;
            if (_skipping)
            {
                start = _splitter.Resync(buffer.AsSpan(0, length));
                if (start < 0)
                {
                    if (_ended) return false;
                    length = 0;
                    continue;
                }
                _skipping = false;
            }
            var used = _splitter.Split(buffer, start, length, _ended, block.Events);
            _decoder?.Decode(buffer, block.Events);
            if (block.Events.Count > 0)
            {
                Carry(buffer.AsSpan(used, length - used));
                block.Buffer = buffer;
                _events += block.Events.Count;
                return true;
            }
            if (_ended) return false;
            buffer.AsSpan(used, length - used).CopyTo(buffer);
            length -= used;
            if (length < buffer.Length) continue;
            if (length >= _options.MaxEventBytes)
            {
                Report("event-too-long", $"an event is longer than {_options.MaxEventBytes} bytes and was skipped");
                _skipping = true;
                length = 0;
                continue;
            }
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Math.Max(_options.MaxEventBytes, 1)));
        }
        return false;
    }

    protected override void Close() => _source.Dispose();

    static Splitter SplitterFor(EventKind kind, ReaderOptions options) => kind switch
    {
        EventKind.Lines or EventKind.JsonLines or EventKind.Xml when options.LineBreaker is { } breaker => new BreakerSplitter(breaker),
        EventKind.Lines when options.LineMerge => new MergeSplitter(),
        EventKind.JsonDocuments => new JsonSplitter(),
        EventKind.Csv => new CsvSplitter(options.Table?.Delimiter ?? (byte)','),
        EventKind.Xml => new XmlSplitter(),
        _ => new LineSplitter(),
    };

    // A buffer that grew for one long event is given up again, so that memory stays flat.
    byte[] TakeBuffer(RawBlock block)
    {
        var wanted = Math.Max(Math.Max(_options.BlockBytes, 1), _carried + 1);
        var reusable = !block.Keep && block.Buffer.Length >= wanted && block.Buffer.Length <= 4L * wanted;
        block.Keep = false;
        return reusable ? block.Buffer : new byte[wanted];
    }

    int Fill(byte[] buffer, int length)
    {
        var start = length;
        try
        {
            while (!_ended && length < buffer.Length)
            {
                var read = _source.Stream.Read(buffer, length, buffer.Length - length);
                if (read == 0) _ended = true;
                length += read;
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or ZstdException or NotSupportedException)
        {
            _ended = true;
            var kind = failure is ExpansionException ? "expansion-limit" : _source.ErrorKind;
            _problem(new InputProblem(kind, _file.Display, ByteSource.Explain(kind, failure), _events) { Fatal = true });
        }
        _bytes += length - start;
        return length - start;
    }

    void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length || _carry.Length > 4L * Math.Max(rest.Length, _options.BlockBytes)) _carry = new byte[rest.Length];
        rest.CopyTo(_carry);
        _carried = rest.Length;
    }

    // The line of a problem is the number of the event before it, since lines are not counted on the fast path.
    void Report(string kind, string message) => _problem(new InputProblem(kind, _file.Display, message, _events));
}
