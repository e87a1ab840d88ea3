using System.Threading.Channels;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.App.Watching;
using Karst.Detection;
using Karst.Detection.Reports;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.App.Testing;

/// <summary>Runs the rules' own tests and prints what came of them, once or after each change.</summary>
sealed class TestRun(IReadOnlyList<string> paths, EventSettings settings)
{
    /// <summary>Where attack data lies.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Where a JUnit report goes; null writes none.</summary>
    public string? JUnit { get; init; }

    /// <summary>Where a SARIF report goes; null writes none.</summary>
    public string? Sarif { get; init; }

    /// <summary>Prints an object a test.</summary>
    public bool IsJson { get; init; }

    /// <summary>Only rules that differ from this git revision; null takes all.</summary>
    public string? Since { get; init; }

    /// <summary>Only rules and tests whose name contains this; null takes all.</summary>
    public string? Filter { get; init; }

    /// <summary>Runs manual tests too.</summary>
    public bool RunsManual { get; init; }

    /// <summary>Runs the tests; returns the exit code.</summary>
    public int Run(CancellationToken cancellation) => Run(only: null, cancellation);

    /// <summary>
    /// Runs the tests, and those that a change may concern after each change, until the user ends it: a change of rule files concerns their rules, any other (macros, lookups, data) all of them.
    /// Returns the exit code of the last run.
    /// </summary>
    public int Watch(CancellationToken cancellation)
    {
        var changes = Channel.CreateUnbounded<IReadOnlySet<string>>();
        using var watch = new FileWatch(
            paths.Concat(paths.Select(EscuContent.Find).OfType<string>()).Concat(settings.Apps).Concat(Data),
            changed =>
            {
                var own = changed.Where(IsInput).ToHashSet(StringComparer.Ordinal);
                if (own.Count > 0 || changed.Count == 0) changes.Writer.TryWrite(own);
            });
        var code = Run(cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            Terminal.Error.WriteLine(Style.Error.Dim("waiting for changes (Ctrl-C ends)"));
            var changed = Next(changes.Reader, cancellation);
            if (changed is null) break;
            try
            {
                Terminal.Error.WriteLine(Style.Error.Dim(changed.Count == 1 ? $"{SafeText.Of(changed.First())} changed" : changed.Count == 0 ? "much changed" : $"{Amount.Of(changed.Count, "file")} changed"));
                code = Run(changed.Count > 0 && changed.All(IsRuleFile) ? changed : null, cancellation);
            }
            catch (Exception failure) when (failure is UsageException or IOException)
            {
                RunReport.Warn(failure.Message);
            }
        }
        return code;
    }

    // Reports may lie beside the rules, and what begins with a point (.git) or ends in `~` is an editor's or a tool's.
    bool IsInput(string path) =>
        !new[] { JUnit, Sarif }.OfType<string>().Select(Path.GetFullPath).Contains(path, StringComparer.Ordinal)
        // Editors write a new file beside the old one and put it in its place.
        && (Path.Exists(path) || Path.GetExtension(path).Length > 0)
        && !path.EndsWith('~') && !Path.GetRelativePath(".", path).Split(Path.DirectorySeparatorChar).Any(static part => part.Length > 1 && part[0] == '.' && part != "..");

    // What came together is one change; where the system lost count, everything may have changed.
    static HashSet<string>? Next(ChannelReader<IReadOnlySet<string>> reader, CancellationToken cancellation)
    {
        try
        {
            var all = new HashSet<string>(reader.ReadAsync(cancellation).AsTask().GetAwaiter().GetResult(), StringComparer.Ordinal);
            var isWhole = all.Count > 0;
            while (reader.TryRead(out var more))
            {
                isWhole &= more.Count > 0;
                all.UnionWith(more);
            }
            return isWhole ? all : [];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // A detection: what lies elsewhere in a collection may be read by any rule.
    static bool IsRuleFile(string path)
    {
        if (!File.Exists(path) || Path.GetExtension(path) is not (".yml" or ".yaml")) return false;
        return RuleFolder.Load([path]).Rules.Count > 0;
    }

    int Run(IReadOnlySet<string>? only, CancellationToken cancellation)
    {
        var problems = new KnowledgeProblems();
        var set = new RuleSet(paths, settings.Apps, problems);
        RunReport.Errors(set.Diagnostics);
        var broken = set.Diagnostics.Count(static diagnostic => diagnostic.IsError);
        var rules = set.Rules;
        if (Since is not null)
        {
            var changed = ChangedFiles.Since(Since, paths[0]);
            rules = [.. rules.Where(rule => changed.Contains(Path.GetFullPath(rule.Path)))];
        }
        if (only is not null) rules = [.. rules.Where(rule => only.Contains(Path.GetFullPath(rule.Path)))];
        var log = new ProblemLog();
        var engine = new EngineSearch(new EngineSearchOptions
        {
            KnowledgeOf = set.KnowledgeOf,
            Baselines = new BaselineSource(set.CollectionOf, set.KnowledgeWith),
            Now = settings.Now,
            Zone = settings.Zone,
            Limits = settings.Limits,
            Problem = log.Add,
        });
        var results = Results(new RuleTester(engine, new TestDataFinder(Data), RunsManual), [.. Filtered(rules)], cancellation);
        Report(results, JUnit, JUnitReport.Write);
        Report(results, Sarif, static (stream, all) => SarifReport.Write(stream, [.. all.Select(ReportEntry.Of).OfType<ReportEntry>()], Version.Text));
        if (Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true" && !IsJson)
            foreach (var entry in results.Select(ReportEntry.Of).OfType<ReportEntry>()) Terminal.Write(GitHubAnnotations.Line(entry) + "\n");
        RunReport.Knowledge(problems);
        RunReport.Problems(log);
        var summary = TestLines.Totals(results, broken);
        if (IsJson) Terminal.Error.Write(summary);
        else Terminal.Write(summary);
        if (broken > 0 || results.Exists(static result => result.State is TestState.Fail or TestState.Error)) return ExitCodes.Failed;
        return results.Exists(static result => result.State == TestState.Unsupported) ? ExitCodes.NotRunnable : ExitCodes.Fine;
    }

    List<TestResult> Results(RuleTester tester, List<Rule> rules, CancellationToken cancellation)
    {
        var results = new List<TestResult>();
        using var output = StandardOutputStream.Open();
        using (new Progress(() => $"{results.Count} tests"))
        {
            try
            {
                foreach (var result in tester.RunAll(rules, settings.Threads, cancellation))
                {
                    results.Add(result);
                    if (IsJson) TestJsonReport.Write(output, result);
                    else Terminal.Write(TestLines.Of(result));
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // What was tested so far is reported.
            }
        }
        return results;
    }

    IEnumerable<Rule> Filtered(IEnumerable<Rule> rules)
    {
        if (Filter is not { } text) return rules;
        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
        return rules.Select(rule => Has(rule.Name) ? rule : rule with { Tests = [.. rule.Tests.Where(test => Has(test.Name))] });
    }

    static void Report(List<TestResult> results, string? path, Action<Stream, IReadOnlyList<TestResult>> write)
    {
        if (path is null) return;
        using var file = File.Create(path);
        write(file, results);
    }
}
