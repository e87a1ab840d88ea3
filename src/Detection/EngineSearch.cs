using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>How rule tests run their searches. A null <see cref="Now"/> is the moment just after the newest event of the test's data.</summary>
public sealed record EngineSearchOptions
{
    /// <summary>The knowledge that a rule's search is bound with.</summary>
    public required Func<Rule, IKnowledge> KnowledgeOf { get; init; }

    /// <summary>The moment of the search in epoch seconds.</summary>
    public double? Now { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Takes what could not be read of the data.</summary>
    public Action<InputProblem> Problem { get; init; } = static _ => { };
}

/// <summary>Runs searches over files with the engine.</summary>
public sealed class EngineSearch(EngineSearchOptions options) : ISearchEngine
{
    /// <inheritdoc/>
    public IPreparedSearch Prepare(Rule rule, string search) => new Prepared(search, options.KnowledgeOf(rule), options);

    sealed class Prepared : IPreparedSearch
    {
        // Stages stay where the rule's author put them, so that rows in and out can be told.
        static readonly HashSet<string> s_disabled = ["lift-filters"];

        readonly string _search;
        readonly IKnowledge _knowledge;
        readonly EngineSearchOptions _options;
        readonly CompileResult _compiled;

        internal Prepared(string search, IKnowledge knowledge, EngineSearchOptions options)
        {
            _search = search;
            _knowledge = knowledge;
            _options = options;
            _compiled = Compile(options.Now ?? 0);
            Diagnostics = [.. _compiled.Diagnostics.Select(_compiled.InOriginal)];
        }

        public IReadOnlyList<Diagnostic> Diagnostics { get; }

        public bool CanRun => _compiled.Plan is not null;

        public SearchOutcome Run(IReadOnlyList<SearchInput> inputs, SearchWindow? window, Func<Batch, bool> take, CancellationToken cancellation)
        {
            var (plan, run, source) = Open(inputs, window, cancellation);
            // Every stage is to count the rows that its author expects there.
            var result = Runner.Run([new PlannedSearch(plan, run, new Sink(take)) { MayLift = false, MayPrefilter = false }], source, cancellation)[0];
            return new SearchOutcome(
                [.. result.Stages.Select(stage => new StageRows(stage.Command, stage.Description, stage.RowsIn, stage.RowsOut))],
                result.Failure?.Message);
        }

        public string? NearestMiss(IReadOnlyList<SearchInput> inputs, SearchWindow? window, int stage, CancellationToken cancellation)
        {
            var (plan, run, source) = Open(inputs, window, cancellation);
            // The source is no stage of the outcome.
            var at = stage + (plan.Stages[0] is EventsStage ? 1 : 0);
            return at < plan.Stages.Count ? Detection.NearestMiss.Find(plan, at, source, run, cancellation) : null;
        }

        (Plan Plan, RunContext Run, FilesTogether Source) Open(IReadOnlyList<SearchInput> inputs, SearchWindow? window, CancellationToken cancellation)
        {
            var source = new FilesTogether([.. inputs.Select(SourceOf)]);
            var now = window?.Now ?? _options.Now ?? (EventClock.MayBeRead(_compiled.Text) ? EventClock.Newest(source, cancellation) : 0);
            var plan = (now == (_options.Now ?? 0) ? _compiled : Compile(now)).Plan ?? throw new InvalidOperationException("the search is not bound");
            var run = new RunContext
            {
                Now = now,
                Zone = _options.Zone,
                Limits = _options.Limits,
                Earliest = window?.Earliest ?? 0,
                Latest = window?.Latest ?? double.PositiveInfinity,
                Cancellation = cancellation,
            };
            return (plan, run, source);
        }

        CompileResult Compile(double now) =>
            Pipeline.Compile(_search, new CompileOptions { Knowledge = _knowledge, Now = now, Zone = _options.Zone, Limits = _options.Limits, DisabledPasses = s_disabled });

        FileSource SourceOf(SearchInput input) => new(
            [.. EventInput.Expand([input.Path], _options.Problem)],
            new FileMetadata(input.Sourcetype, input.Source, input.Host, input.Index),
            _knowledge,
            _options.Problem);
    }

    /// <summary>Several files, each with metadata of its own, one after the other.</summary>
    sealed class FilesTogether(IReadOnlyList<FileSource> files) : IEventSource
    {
        public Pushdown TryPush(Plan plan) =>
            files.Count > 0 ? files[0].TryPush(plan) : new Pushdown([], plan, PushExactness.Exact, "there are no files");

        public void Scan(IReadOnlyList<ScanRequest> requests, CancellationToken cancellation)
        {
            foreach (var file in files) file.Scan(requests, cancellation);
        }
    }
}
