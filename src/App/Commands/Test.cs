using System.CommandLine;
using System.Globalization;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Detection.Reports;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules;

namespace Karst.App.Commands;

/// <summary>Runs the rules' own tests.</summary>
sealed class Test : Verb
{
    readonly ContentOptions _content = new();
    readonly Option<string[]> _data = new("--data") { HelpName = "DIR", Description = "Where attack data lies." };
    readonly Option<string?> _junit = new("--junit") { HelpName = "FILE", Description = "Writes a JUnit report." };
    readonly Option<string?> _sarif = new("--sarif") { HelpName = "FILE", Description = "Writes a SARIF report of what did not pass." };
    readonly Option<bool> _json = new("--json") { Description = "Prints one object a test." };
    readonly Option<string?> _changed = new("--changed") { HelpName = "REF", Description = "Only rules that differ from a git revision." };
    readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "Only rules and tests whose name contains the text." };
    readonly Option<bool> _manual = new("--manual") { Description = "Also runs tests that are marked manual." };

    public override string Name => "test";

    public override string Summary => "Runs the rules' own tests over their attack data.";

    public override string Usage => "[OPTIONS] RULE_OR_FOLDER...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst test detections/ --data attack_data/", "runs all tests"),
        ("karst test detections/ --changed origin/main --data attack_data/ --junit results.xml", "for CI: the tests of changed rules"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_content.Rules];

    public override IReadOnlyList<Argument> Paths => [_content.Rules];

    public override IReadOnlyList<Option> Options => [_data, _junit, _sarif, _json, _changed, _filter, _manual, .. _content.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = _content.Read(parsed);
        var paths = parsed.GetValue(_content.Rules)!;
        var folders = parsed.GetValue(_data) ?? [];
        foreach (var folder in folders)
            if (!Directory.Exists(folder)) throw new UsageException($"`--data {folder}`: there is no such folder");
        var problems = new KnowledgeProblems();
        var set = new RuleSet(paths, settings.Apps, problems);
        RunReport.Errors(set.Diagnostics);
        var broken = set.Diagnostics.Count(static diagnostic => diagnostic.IsError);
        var rules = set.Rules;
        if (parsed.GetValue(_changed) is { } revision)
        {
            var changed = ChangedFiles.Since(revision, paths[0]);
            rules = [.. rules.Where(rule => changed.Contains(Path.GetFullPath(rule.Path)))];
        }
        var log = new ProblemLog();
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = set.KnowledgeOf, Now = settings.Now, Zone = settings.Zone, Limits = settings.Limits, Problem = log.Add });
        var tester = new RuleTester(engine, new TestDataFinder(folders), parsed.GetValue(_manual));
        var isJson = parsed.GetValue(_json);
        var results = new List<TestResult>();
        using var output = StandardOutputStream.Open();
        using (new Progress(() => $"{results.Count} tests"))
        {
            try
            {
                var tests = SideBySide(Filtered(rules, parsed.GetValue(_filter)), rule => [.. tester.Run(rule, cancellation)], settings.Threads, cancellation);
                foreach (var result in tests)
                {
                    results.Add(result);
                    if (isJson) TestJsonReport.Write(output, result);
                    else Terminal.Write(Line(result));
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // What was tested so far is reported.
            }
        }
        Report(results, parsed.GetValue(_junit), JUnitReport.Write);
        Report(results, parsed.GetValue(_sarif), static (stream, all) => SarifReport.Write(stream, [.. all.Select(ReportEntry.Of).OfType<ReportEntry>()], Version.Text));
        if (Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true" && !isJson)
            foreach (var entry in results.Select(ReportEntry.Of).OfType<ReportEntry>()) Terminal.Write(GitHubAnnotations.Line(entry) + "\n");
        RunReport.Knowledge(problems);
        RunReport.Problems(log);
        var summary = Totals(results, broken);
        if (isJson) Terminal.Error.Write(summary);
        else Terminal.Write(summary);
        if (broken > 0 || results.Exists(static result => result.State is TestState.Fail or TestState.Error)) return ExitCodes.Failed;
        return results.Exists(static result => result.State == TestState.Unsupported) ? ExitCodes.NotRunnable : ExitCodes.Fine;
    }

    // Rules side by side, results in the order of the rules, each as soon as those before it are there. So many rules are begun ahead that a slow one stops nobody.
    static IEnumerable<TestResult> SideBySide(IEnumerable<Rule> rules, Func<Rule, List<TestResult>> run, int threads, CancellationToken cancellation)
    {
        // Not disposed of: what was begun when the tests are interrupted still gives its place back.
        var free = new SemaphoreSlim(threads);
        var running = new Queue<Task<List<TestResult>>>();
        foreach (var rule in rules)
        {
            if (running.Count == threads * 8)
                foreach (var result in running.Dequeue().GetAwaiter().GetResult()) yield return result;
            running.Enqueue(Task.Run(() => One(rule), cancellation));
        }
        while (running.TryDequeue(out var next))
            foreach (var result in next.GetAwaiter().GetResult()) yield return result;

        List<TestResult> One(Rule rule)
        {
            free.Wait(cancellation);
            try
            {
                return run(rule);
            }
            finally
            {
                free.Release();
            }
        }
    }

    static IEnumerable<Rule> Filtered(IEnumerable<Rule> rules, string? text)
    {
        if (text is null) return rules;
        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
        return rules.Select(rule => Has(rule.Name) ? rule : rule with { Tests = [.. rule.Tests.Where(test => Has(test.Name))] });
    }

    static string Line(TestResult result)
    {
        var style = Style.Output;
        var name = result.StateName.PadRight(11);
        var state = result.State switch
        {
            TestState.Pass => style.Good(name),
            TestState.Fail or TestState.Error => style.Bad(name),
            _ => style.Warning(name),
        };
        var ran = result.State is TestState.Pass or TestState.Fail or TestState.Error
            ? string.Create(CultureInfo.InvariantCulture, $"  ({Amount.Of(result.Rows, "row")}, {result.Milliseconds:0} ms)")
            : "";
        var reason = result.Reason.Length > 0 ? $"\n  {result.Reason.ReplaceLineEndings("\n  ")}" : "";
        return $"{state} {result.Rule.Name}: {result.Test.Name}{ran}{reason}\n";
    }

    static string Totals(List<TestResult> results, int broken)
    {
        int Count(TestState state) => results.Count(result => result.State == state);
        return $"{Count(TestState.Pass)} passed, {Count(TestState.Fail)} failed, {Count(TestState.Error) + broken} errors, {Count(TestState.Skip)} skipped, {Count(TestState.Unsupported)} unsupported\n";
    }

    static void Report(List<TestResult> results, string? path, Action<Stream, IReadOnlyList<TestResult>> write)
    {
        if (path is null) return;
        using var file = File.Create(path);
        write(file, results);
    }
}
