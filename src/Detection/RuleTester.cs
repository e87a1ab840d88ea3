using System.Diagnostics;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>How a test ended.</summary>
public enum TestState { Pass, Fail, Error, Unsupported, Skip }

/// <summary>One test's result; <see cref="Reason"/> is empty for a pass. Time in milliseconds.</summary>
public sealed record TestResult(Rule Rule, RuleTestCase Test, TestState State, int Rows, double Milliseconds, string Reason)
{
    /// <summary>Rows in and out of each stage, where the search ran.</summary>
    public IReadOnlyList<StageRows> Stages { get; init; } = [];

    /// <summary>The state as reports write it.</summary>
    public string StateName => State.ToString().ToUpperInvariant();
}

/// <summary>Runs the rules' own tests. A rule is bound before its data is sought.</summary>
public sealed class RuleTester(ISearchEngine engine, TestDataFinder data, bool runManual = false)
{
    const int MaxRows = 100_000;

    /// <summary>Runs all tests of a rule, in order.</summary>
    public IEnumerable<TestResult> Run(Rule rule, CancellationToken cancellation)
    {
        if (rule.Tests.Count == 0) yield break;
        var prepared = engine.Prepare(rule, rule.Search);
        foreach (var test in rule.Tests)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Run(rule, test, prepared, cancellation);
        }
    }

    TestResult Run(Rule rule, RuleTestCase test, IPreparedSearch prepared, CancellationToken cancellation)
    {
        TestResult Ended(TestState state, string reason, int rows = 0) => new(rule, test, state, rows, 0, reason);
        if (!prepared.CanRun) return Unbound(rule, test, prepared);
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
        var rows = new List<ResultRow>();
        var start = Stopwatch.GetTimestamp();
        // contentctl's tests are over all time, whatever the rule's own window.
        var outcome = prepared.Run(inputs, null, batch =>
        {
            for (var row = 0; row < batch.Count && rows.Count < MaxRows; row++) rows.Add(ResultRow.From(batch, row));
            return rows.Count < MaxRows;
        }, cancellation);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var reason = outcome.Failure ?? Judgement.Of(rule, test.Expect, rows);
        if (outcome.Failure is null && reason is not null && rows.Count == 0)
        {
            reason += LostRows(outcome.Stages);
            var lost = outcome.LostAt;
            if (lost >= 0 && prepared.NearestMiss(inputs, null, lost, cancellation) is { } miss) reason += $"\n  {miss}";
        }
        var state = outcome.Failure is not null ? TestState.Error : reason is null ? TestState.Pass : TestState.Fail;
        return new TestResult(rule, test, state, rows.Count, took, reason ?? "") { Stages = outcome.Stages };
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
}
