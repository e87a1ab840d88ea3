using Karst.Engine.Running;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Scanning.Sharing;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>What is said of the files on the command line; what is null is recognised from content, or taken from the path.</summary>
public sealed record FileMetadata(string? Sourcetype = null, string? Source = null, string? Host = null, string? Index = null);

/// <summary>Events from files, folders, archives and stdin. Each event is read once for all requests; its fields are extracted by need.</summary>
public sealed class FileSource : IEventSource
{
    // Searches cost some time a block each, and so many of them as much as the block's events. A larger block lies no longer in a core's own cache.
    const int ManySearches = 400;
    const int LargerFor = 4;

    readonly IReadOnlyList<InputFile> _files;
    readonly FileMetadata _metadata;
    readonly IKnowledge _knowledge;
    readonly ReaderOptions _options;
    readonly Action<InputProblem> _problem;

    /// <summary>A source over files that were found by <see cref="EventInput.Expand"/>.</summary>
    public FileSource(IReadOnlyList<InputFile> files, FileMetadata metadata, IKnowledge knowledge, Action<InputProblem> problem, ReaderOptions? options = null)
    {
        _files = files;
        _metadata = metadata;
        _knowledge = knowledge;
        _problem = problem;
        _options = options ?? ReaderOptions.Default;
    }

    /// <summary>What was read so far; counted anew by each scan.</summary>
    public ScanProgress Progress { get; private set; } = new();

    /// <summary>How many threads read and scan; what comes of it is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Called after each block of events, by one thread at a time.</summary>
    public Action<ScanProgress>? OnProgress { get; set; }

    /// <inheritdoc/>
    public Pushdown TryPush(Plan plan)
    {
        if (plan.Stages[0] is not EventsStage events) return new Pushdown([], plan, PushExactness.Exact, "the search reads no events");
        var pushed = new List<string> { $"fields {events.Wanted}" };
        if (events.Earliest is not null || events.Latest is not null) pushed.Add("time range (exact)");
        var filters = plan.Stages.Skip(1).TakeWhile(stage => stage is FilterStage).Cast<FilterStage>().ToArray();
        foreach (var filter in filters) pushed.Add($"{filter.Describe()} (metadata decides whole files; literals of raw fields are looked for in the bytes)");
        return new Pushdown(pushed, plan, PushExactness.Superset, "files know no fields: every filter is checked again on the parsed event");
    }

    /// <inheritdoc/>
    public void Scan(IReadOnlyList<ScanRequest> requests, CancellationToken cancellation)
    {
        var progress = Progress = new ScanProgress();
        var wishes = new ScanWishes(requests);
        var files = _files.Select(file => new FileScan(file, problem => Open(file, BlocksFor(file, requests.Count), problem, cancellation), _metadata, _knowledge, wishes, progress, Threads == 1));
        new ScanOrder(files, Threads, _problem, () => OnProgress?.Invoke(progress)).Run(() => cancellation.IsCancellationRequested || requests.All(request => request.IsDone));
    }

    // The sourcetype decides how its files are cut. Where nobody names it, text is looked at line by line first, and opened anew where it is to be cut otherwise.
    EventReader Open(InputFile file, ReaderOptions blocks, Action<InputProblem> problem, CancellationToken cancellation)
    {
        if (_metadata.Sourcetype is { } given) return EventInput.Open(file, OptionsFor(file, given, blocks), problem, cancellation);
        // What has no length may be a pipe, which can be read once.
        if (file.IsStandardInput || new FileInfo(file.Path) is not { Exists: true, Length: > 0 }) return EventInput.Open(file, blocks, problem, cancellation);
        var options = blocks;
        // Problems are told when the file is read.
        using (var look = EventInput.Open(file, _options, static _ => { }, cancellation))
        {
            var first = new RawBlock();
            if (look.Kind == EventKind.Lines && look.Read(first)) options = OptionsFor(file, new Recognition(file.Display, _metadata).OfFile(first, look.Kind).Origin.Sourcetype, blocks);
        }
        return EventInput.Open(file, options, problem, cancellation);
    }

    ReaderOptions OptionsFor(InputFile file, string sourcetype, ReaderOptions blocks) =>
        _knowledge.ReadingFor(new EventOrigin(_metadata.Source ?? file.Display, sourcetype, _metadata.Host ?? "localhost", _metadata.Index ?? "main"), blocks);

    // A short file is read with what it needs.
    ReaderOptions BlocksFor(InputFile file, int searches) =>
        searches >= ManySearches && !file.IsStandardInput && new FileInfo(file.Path) is { Exists: true } info && info.Length > 2L * LargerFor * _options.BlockBytes
            ? _options with { BlockBytes = LargerFor * _options.BlockBytes }
            : _options;
}
