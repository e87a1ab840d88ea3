using System.Diagnostics;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>How a test ended.</summary>
public enum TestState { Pass, Fail, Error, Unsupported, Skip }

/// <summary>
/// One test's result; <see cref="Reason"/> is empty for a pass. Time in milliseconds: that of the rule's own stages, and an equal share of what the tests over the same data took together.
/// </summary>
public sealed record TestResult(Rule Rule, RuleTestCase Test, TestState State, int Rows, double Milliseconds, string Reason)
{
    /// <summary>The state as reports write it.</summary>
    public string StateName => State.ToString().ToUpperInvariant();
}

/// <summary>Runs the rules' own tests. A rule is bound before its data is sought; tests over the same data share one pass over it.</summary>
public sealed class RuleTester(ISearchEngine engine, TestDataFinder data, bool runManual = false)
{
    const int MaxRows = 100_000;
    const int MostOfAPass = 256;

    /// <summary>Runs all tests of a rule, in order.</summary>
    public IEnumerable<TestResult> Run(Rule rule, CancellationToken cancellation) => RunAll([rule], threads: 1, cancellation);

    /// <summary>Runs all tests of rules; results come in the order of the rules, each as soon as those before it are there. Cancelled, those that are there come.</summary>
    public IEnumerable<TestResult> RunAll(IReadOnlyList<Rule> rules, int threads, CancellationToken cancellation)
    {
        var jobs = new TestJob[rules.Count][];
        Parallel.For(0, rules.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => jobs[i] = JobsOf(rules[i]));
        var all = jobs.SelectMany(static own => own).ToList();
        // Not disposed of: what was begun when the tests are interrupted still gives its place back.
        var free = new SemaphoreSlim(threads);
        foreach (var group in all.Where(static job => job.Result is null).GroupBy(static job => (job.Prepared.SharesWith ?? job, string.Concat(job.Inputs))))
            foreach (var chunk in group.Chunk(MostOfAPass))
            {
                var task = Task.Run(() => RunGroup(chunk, free, cancellation), cancellation);
                foreach (var job in chunk) job.Run = task;
            }
        foreach (var job in all)
        {
            job.Run?.GetAwaiter().GetResult();
            yield return job.Result!;
        }
    }

    TestJob[] JobsOf(Rule rule)
    {
        if (rule.Tests.Count == 0) return [];
        var prepared = engine.Prepare(rule, rule.Search);
        return [.. rule.Tests.Select(test => JobOf(rule, test, prepared))];
    }

    TestJob JobOf(Rule rule, RuleTestCase test, IPreparedSearch prepared)
    {
        TestJob Ended(TestState state, string reason) => new(rule, test, prepared, []) { Result = new TestResult(rule, test, state, 0, 0, reason) };
        if (!prepared.CanRun) return new TestJob(rule, test, prepared, []) { Result = Unbound(rule, test, prepared) };
        if (test.Manual is { } manual && !runManual) return Ended(TestState.Skip, $"the test is manual: {manual}");
        // contentctl does not test correlations: they read the findings of other rules.
        if (rule.Type == RuleType.Correlation && test.Expect is null) return Ended(TestState.Skip, "a correlation reads the findings of other rules, which a test does not have");
        if (test.Data.Count == 0) return Ended(TestState.Skip, "the test has no data");
        var inputs = new List<SearchInput>();
        foreach (var entry in test.Data)
        {
            var found = data.Find(rule, entry.Data);
            if (found.Path is null) return Ended(TestState.Skip, found.Missing!);
            inputs.Add(new SearchInput(found.Path, Known(entry.Sourcetype), Known(entry.Source), entry.Host, entry.Index));
        }
        return new TestJob(rule, test, prepared, inputs);
    }

    void RunGroup(TestJob[] jobs, SemaphoreSlim free, CancellationToken cancellation)
    {
        free.Wait(cancellation);
        try
        {
            var start = Stopwatch.GetTimestamp();
            // contentctl's tests are over all time, whatever the rule's own window.
            var outcomes = jobs.Length == 1
                ? [jobs[0].Prepared.Run(jobs[0].Inputs, null, jobs[0].Take, cancellation)]
                : engine.RunTogether([.. jobs.Select(static job => new SharedSearch(job.Prepared, job.Take))], jobs[0].Inputs, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var share = Math.Max(0, took - outcomes.Sum(static outcome => outcome.Milliseconds)) / jobs.Length;
            for (var i = 0; i < jobs.Length; i++) jobs[i].Result = Judged(jobs[i], outcomes[i], outcomes[i].Milliseconds + share, isShared: jobs.Length > 1, cancellation);
        }
        finally
        {
            free.Release();
        }
    }

    static TestResult Judged(TestJob job, SearchOutcome outcome, double milliseconds, bool isShared, CancellationToken cancellation)
    {
        var reason = outcome.Failure ?? Judgement.Of(job.Rule, job.Test.Expect, job.Rows);
        if (outcome.Failure is null && reason is not null && job.Rows.Count == 0)
        {
            // In a shared pass a stage never sees the events that others showed to be none of its rule's; alone it counts the rows that its author expects there.
            if (isShared) outcome = job.Prepared.Run(job.Inputs, null, static _ => true, cancellation);
            reason += LostRows(outcome.Stages);
            var lost = outcome.LostAt;
            if (lost >= 0 && job.Prepared.NearestMiss(job.Inputs, null, lost, cancellation) is { } miss) reason += $"\n  {miss}";
        }
        var state = outcome.Failure is not null ? TestState.Error : reason is null ? TestState.Pass : TestState.Fail;
        return new TestResult(job.Rule, job.Test, state, job.Rows.Count, milliseconds, reason ?? "");
    }

    static TestResult Unbound(Rule rule, RuleTestCase test, IPreparedSearch prepared)
    {
        var first = prepared.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error);
        var place = first is null ? rule.PlaceOf("search") : rule.SearchMap.Place(first.At.Start);
        var reason = first is null ? "the search cannot be bound" : $"{first.Message} (line {place.Line}, column {place.Column})";
        return new TestResult(rule, test, first?.Kind is null or DiagnosticKind.Unsupported or DiagnosticKind.Name ? TestState.Unsupported : TestState.Error, 0, 0, reason);
    }

    /// <summary>Names the stage that took the last rows, and the rows in and out of every stage.</summary>
    internal static string LostRows(IReadOnlyList<StageRows> stages)
    {
        if (stages.Count == 0) return "";
        var at = new SearchOutcome(stages).LostAt;
        var lines = stages.Select((stage, index) => $"\n  {index + 1}. {stage.Description}: {stage.In} in, {stage.Out} out");
        var first = at < 0 ? "; no event came into the first stage" : $"; stage {at + 1} (`{stages[at].Description}`) dropped the last {stages[at].In}";
        return first + string.Concat(lines);
    }

    static string? Known(string text) => text.Length == 0 ? null : text;

    /// <summary>A test that is ready, or has ended already.</summary>
    sealed class TestJob(Rule rule, RuleTestCase test, IPreparedSearch prepared, IReadOnlyList<SearchInput> inputs)
    {
        internal Rule Rule => rule;

        internal RuleTestCase Test => test;

        internal IPreparedSearch Prepared => prepared;

        internal IReadOnlyList<SearchInput> Inputs => inputs;

        internal List<ResultRow> Rows { get; } = [];

        internal Task? Run { get; set; }

        internal TestResult? Result { get; set; }

        internal bool Take(Batch batch)
        {
            for (var row = 0; row < batch.Count && Rows.Count < MaxRows; row++) Rows.Add(ResultRow.From(batch, row));
            return Rows.Count < MaxRows;
        }
    }
}
