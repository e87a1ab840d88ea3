using System.CommandLine;
using System.Diagnostics;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Detection.Reports;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>Runs the rules' own tests.</summary>
sealed class Test : Verb
{
    readonly Argument<string[]> _paths = new("RULE_OR_FOLDER") { Description = "Rule files, or folders of them.", Arity = ArgumentArity.OneOrMore };
    readonly EventOptions _events = new();
    readonly Option<string[]> _data = new("--data") { HelpName = "DIR", Description = "Where attack data lies; a test's address is found by its path from `datasets/` on." };
    readonly Option<string?> _junit = new("--junit") { HelpName = "FILE", Description = "Writes a JUnit report." };
    readonly Option<string?> _sarif = new("--sarif") { HelpName = "FILE", Description = "Writes a SARIF report." };
    readonly Option<bool> _json = new("--json") { Description = "Writes one JSON object a test to stdout." };
    readonly Option<string?> _changed = new("--changed") { HelpName = "REF", Description = "Tests rules that git says changed since REF only." };
    readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "Tests rules whose name or path holds the text only." };
    readonly Option<bool> _manual = new("--manual") { Description = "Also runs tests that are marked manual." };

    public override string Name => "test";

    public override string Summary => "Runs the rules' own tests.";

    public override string Usage => "[OPTIONS] RULE_OR_FOLDER...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst test detections/ --data attack_data/", "tests a folder of rules with a checkout of attack data"),
        ("karst test rule.yml --data attack_data/ --junit report.xml", "writes a report for CI"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_paths];

    public override IReadOnlyList<Argument> Paths => [_paths];

    public override IReadOnlyList<Option> Options =>
        [_data, _junit, _sarif, _json, _changed, _filter, _manual, _events.Apps, _events.Now, _events.Zone, _events.Limits];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = EventSettings.Read(_events, parsed);
        var data = parsed.GetValue(_data) ?? [];
        foreach (var folder in data)
            if (!Directory.Exists(folder)) throw new UsageException($"`--data {folder}`: there is no such folder");
        var paths = parsed.GetValue(_paths) ?? [];
        var set = new RuleSet(paths, settings.Apps, new KnowledgeProblems());
        foreach (var diagnostic in set.Diagnostics.Where(diagnostic => diagnostic.IsError))
            RunReport.Warn($"{diagnostic.Path}:{diagnostic.At.Line}: {diagnostic.Diagnostic.Message}");
        var input = new ProblemLog();
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = set.KnowledgeOf, Now = settings.Now, Zone = settings.Zone, Limits = settings.Limits, Problem = input.Add });
        var tester = new RuleTester(engine, new TestDataFinder(data), parsed.GetValue(_manual));
        var rules = Chosen(set.Rules, parsed, cancellation);
        var results = new List<TestResult>();
        var json = parsed.GetValue(_json);
        using (var output = StandardOutputStream.Open())
            foreach (var rule in rules)
                foreach (var result in tester.Run(rule, cancellation))
                {
                    results.Add(result);
                    if (json) TestJsonReport.Write(output, result);
                    else Print(result);
                }
        Report(parsed.GetValue(_junit), file => JUnitReport.Write(file, results));
        Report(parsed.GetValue(_sarif), file => SarifReport.Write(file, [.. results.Select(ReportEntry.Of).OfType<ReportEntry>()], Version.Text));
        if (string.Equals(Environment.GetEnvironmentVariable("GITHUB_ACTIONS"), "true", StringComparison.OrdinalIgnoreCase))
            foreach (var entry in results.Select(ReportEntry.Of).OfType<ReportEntry>()) Terminal.Error.WriteLine(GitHubAnnotations.Line(entry));
        RunReport.Problems(input);
        int Count(TestState state) => results.Count(result => result.State == state);
        var last = $"{Count(TestState.Pass)} passed, {Count(TestState.Fail)} failed, {Count(TestState.Error)} errors, {Count(TestState.Skip)} skipped, {Count(TestState.Unsupported)} unsupported";
        if (json) Terminal.Error.WriteLine(last);
        else Terminal.Write(last + "\n");
        if (Count(TestState.Fail) + Count(TestState.Error) > 0 || set.Diagnostics.Any(diagnostic => diagnostic.IsError)) return ExitCodes.Failed;
        return Count(TestState.Unsupported) > 0 ? ExitCodes.NotRunnable : ExitCodes.Fine;
    }

    static void Print(TestResult result)
    {
        var state = result.State switch
        {
            TestState.Pass => Style.Output.Bold("PASS"),
            TestState.Fail or TestState.Error => Style.Output.Bad(result.StateName),
            _ => Style.Output.Warning(result.StateName),
        };
        var took = result.State is TestState.Pass or TestState.Fail ? $"  {Amount.Of(result.Rows, "row")}, {Amount.Time(TimeSpan.FromMilliseconds(result.Milliseconds))}" : "";
        Terminal.Write($"{state}  {result.Rule.Name}: {result.Test.Name}{took}\n{(result.Reason.Length > 0 ? $"      {result.Reason.ReplaceLineEndings("\n      ")}\n" : "")}");
    }

    IEnumerable<Rule> Chosen(IReadOnlyList<Rule> rules, ParseResult parsed, CancellationToken cancellation)
    {
        var filter = parsed.GetValue(_filter);
        var changed = parsed.GetValue(_changed) is { } reference ? GitChanges(reference) : null;
        foreach (var rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            if (filter is not null && !rule.Name.Contains(filter, StringComparison.OrdinalIgnoreCase) && !rule.Path.Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
            if (changed is not null && !changed.Contains(Path.GetFullPath(rule.Path))) continue;
            yield return rule;
        }
    }

    static HashSet<string> GitChanges(string reference)
    {
        if (reference.StartsWith('-')) throw new UsageException($"`--changed {reference}` is no revision");
        var root = Git("rev-parse", "--show-toplevel").Trim();
        return [.. Git("diff", "--name-only", reference, "--").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => Path.GetFullPath(Path.Combine(root, file)))];
    }

    static string Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : throw new UsageException($"git {arguments[0]}: {error.Result.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("`--changed` needs git, which is not on the path");
        }
    }

    static void Report(string? path, Action<Stream> write)
    {
        if (path is null) return;
        using var file = File.Create(path);
        write(file);
    }
}
