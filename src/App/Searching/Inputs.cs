using Karst.App.Options;
using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.App.Searching;

/// <summary>The inputs of a verb as a source of events. Findings that an earlier hunt wrote come as events of index `risk`.</summary>
sealed class Inputs : IDisposable
{
    static ReadOnlySpan<byte> FindingStart => "{\"schema\":\"karst.finding/"u8;

    readonly EventSettings _settings;
    readonly ProblemLog _log;
    readonly StandardInputCopy _stdin;
    readonly List<InputFile> _files = [];
    readonly List<ResultRow> _risk = [];
    FileSource? _counted;

    /// <summary>Finds the files; stdin is copied when it may be read more than once.</summary>
    public Inputs(EventSettings settings, ProblemLog log, bool rereads)
    {
        _settings = settings;
        _log = log;
        _stdin = new StandardInputCopy(rereads ? settings.Paths : []);
        foreach (var file in EventInput.Expand(settings.Paths, log.Add).Select(_stdin.Replace))
        {
            if (HoldsFindings(file)) _risk.AddRange(File.ReadLines(file.Path).Select(static line => FindingJson.ReadRisk(System.Text.Encoding.UTF8.GetBytes(line))).OfType<ResultRow>());
            else _files.Add(file);
        }
    }

    /// <summary>The files that hold raw events or rows.</summary>
    public IReadOnlyList<InputFile> Files => _files;

    /// <summary>How far the reading has come.</summary>
    public ScanProgress Progress { get; private set; } = new();

    /// <summary>The events; progress is that of the source made last with <paramref name="counted"/>.</summary>
    public IEventSource Events(IKnowledge knowledge, bool counted = true)
    {
        var source = new FileSource(_files, new FileMetadata(_settings.Sourcetype, _settings.Source, _settings.Host, _settings.Index), knowledge, _log.Add) { Threads = _settings.Threads };
        if (counted)
        {
            _counted = source;
            source.OnProgress = progress => Progress = progress;
        }
        return _risk.Count > 0 ? new RiskSource(source, _risk) : source;
    }

    /// <summary>The lines as rows (`--rows`).</summary>
    public IEventSource Rows(CancellationToken cancellation) =>
        new RowsSource(() => _files.SelectMany(file => RowReader.Read(file, _settings.Zone, 4_096, _log.Add, cancellation)));

    /// <summary>Takes the last counts of a source that was read to its end.</summary>
    public void Count()
    {
        if (_counted is not null) Progress = _counted.Progress;
    }

    /// <inheritdoc/>
    public void Dispose() => _stdin.Dispose();

    static bool HoldsFindings(InputFile file)
    {
        try
        {
            // A pipe has no length, and what is read of it is gone.
            if (file.IsStandardInput || new FileInfo(file.Path).Length < FindingStart.Length) return false;
            using var handle = File.OpenHandle(file.Path);
            Span<byte> start = stackalloc byte[FindingStart.Length];
            return RandomAccess.Read(handle, start, 0) == start.Length && start.SequenceEqual(FindingStart);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // It is reported where its events are read.
            return false;
        }
    }
}
