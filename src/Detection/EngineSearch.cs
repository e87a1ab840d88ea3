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

    /// <summary>What runs before a rule; null runs nothing.</summary>
    public BaselineSource? Baselines { get; init; }

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
    // Stages stay where the rule's author put them and do their work alone, so that rows in and out can be told.
    static readonly HashSet<string> s_disabled = ["lift-filters", "filter-groups"];

    /// <inheritdoc/>
    public IPreparedSearch Prepare(Rule rule, string search) => new Prepared(rule, search, options);

    /// <inheritdoc/>
    public IReadOnlyList<SearchOutcome> RunTogether(IReadOnlyList<SharedSearch> searches, IReadOnlyList<SearchInput> inputs, CancellationToken cancellation)
    {
        var all = searches.Select(static search => (Prepared)search.Search).ToList();
        var source = SourceOf(inputs, all[0].Knowledge, options);
        var clock = options.Now ?? (all.Exists(static search => search.ReadsClock) ? EventClock.Newest(source, cancellation) : 0);
        var planned = all.Select((search, index) => search.Plan(search.Knowledge, SearchWindow.AllTime(search.ReadsClock ? clock : options.Now ?? 0), searches[index].Take, cancellation)).ToList();
        return [.. Runner.Run([.. planned.Select(static search => search with { MayLift = true, MayPrefilter = true })], source, cancellation).Select(Outcome)];
    }

    static SearchOutcome Outcome(SearchResult result) =>
        new([.. result.Stages.Select(static stage => new StageRows(stage.Command, stage.Description, stage.RowsIn, stage.RowsOut))], result.Failure?.Message)
        {
            Milliseconds = result.Stages.Sum(static stage => stage.Time.TotalMilliseconds),
        };

    static FilesTogether SourceOf(IReadOnlyList<SearchInput> inputs, IKnowledge knowledge, EngineSearchOptions options) => new(
    [
        .. inputs.Select(input => new FileSource(
            [.. EventInput.Expand([input.Path], options.Problem)],
            new FileMetadata(input.Sourcetype, input.Source, input.Host, input.Index),
            knowledge,
            options.Problem)),
    ]);

    sealed class Prepared : IPreparedSearch
    {
        readonly Rule _rule;
        readonly string _search;
        readonly EngineSearchOptions _options;
        readonly CompileResult _compiled;
        readonly IReadOnlyList<Baseline> _baselines;

        internal Prepared(Rule rule, string search, EngineSearchOptions options)
        {
            _rule = rule;
            _search = search;
            _options = options;
            Knowledge = options.KnowledgeOf(rule);
            _compiled = Compile(Knowledge, options.Now ?? 0);
            _baselines = options.Baselines?.Of(rule) ?? [];
            Diagnostics = [.. _compiled.Diagnostics.Select(_compiled.InOriginal), .. _baselines.Select(baseline => baseline.Problem(options)).OfType<Diagnostic>()];
        }

        public IReadOnlyList<Diagnostic> Diagnostics { get; }

        public bool CanRun => !Diagnostics.Any(static diagnostic => diagnostic.Severity == Severity.Error) && _compiled.Plan is not null;

        // What a baseline writes is this rule's own.
        public object? SharesWith => _baselines.Count > 0 ? null : Knowledge is RuleKnowledge { Shared: var shared } ? shared : Knowledge;

        internal IKnowledge Knowledge { get; }

        internal bool ReadsClock => EventClock.MayBeRead(_compiled.Text);

        public SearchOutcome Run(IReadOnlyList<SearchInput> inputs, SearchWindow? window, Func<Batch, bool> take, CancellationToken cancellation)
        {
            try
            {
                return With(inputs, window, (knowledge, own, source) => Outcome(Runner.Run([Plan(knowledge, own, take, cancellation)], source, cancellation)[0]), cancellation);
            }
            catch (SearchFailedException failure)
            {
                return new SearchOutcome([], failure.Message);
            }
        }

        public string? NearestMiss(IReadOnlyList<SearchInput> inputs, SearchWindow? window, int stage, CancellationToken cancellation) =>
            With(inputs, window, (knowledge, own, source) =>
            {
                var search = Plan(knowledge, own, static _ => true, cancellation);
                // The source is no stage of the outcome.
                var at = stage + (search.Plan.Stages[0] is EventsStage ? 1 : 0);
                return at < search.Plan.Stages.Count ? Detection.NearestMiss.Find(search.Plan, at, source, search.Run, cancellation) : null;
            }, cancellation);

        // Every stage is to count the rows that its author expects there.
        internal PlannedSearch Plan(IKnowledge knowledge, SearchWindow window, Func<Batch, bool> take, CancellationToken cancellation)
        {
            var isSame = window.Now == (_options.Now ?? 0) && ReferenceEquals(knowledge, Knowledge);
            var plan = (isSame ? _compiled : Compile(knowledge, window.Now)).Plan ?? throw new InvalidOperationException("the search is not bound");
            var run = new RunContext
            {
                Now = window.Now,
                Zone = _options.Zone,
                Limits = _options.Limits,
                Earliest = window.Earliest,
                Latest = window.Latest,
                Cancellation = cancellation,
            };
            return new PlannedSearch(plan, run, new Sink(take)) { MayLift = false, MayPrefilter = false };
        }

        T With<T>(IReadOnlyList<SearchInput> inputs, SearchWindow? window, Func<IKnowledge, SearchWindow, IEventSource, T> run, CancellationToken cancellation)
        {
            var source = SourceOf(inputs, Knowledge, _options);
            window ??= SearchWindow.AllTime(_options.Now ?? (ReadsClock || _baselines.Count > 0 ? EventClock.Newest(source, cancellation) : 0));
            if (_baselines.Count == 0) return run(Knowledge, window, source);
            using var state = new BaselineState(_rule, _options.Baselines!);
            foreach (var baseline in _baselines) baseline.Run(state.Knowledge, window.Now, source, _options, cancellation);
            return run(new RuleKnowledge(_rule, state.Knowledge), window, source);
        }

        CompileResult Compile(IKnowledge knowledge, double now) =>
            Pipeline.Compile(_search, new CompileOptions { Knowledge = knowledge, Now = now, Zone = _options.Zone, Limits = _options.Limits, DisabledPasses = s_disabled });
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
