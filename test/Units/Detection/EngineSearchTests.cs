using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class EngineSearchTests
{
    static IKnowledge Knowledge(Rule rule, params IContentFolder[] folders)
    {
        var problems = new KnowledgeProblems();
        var own = AppFolder.Discover(Path.Combine(SharedData.Repository, "content", "apps"), problems);
        return new RuleKnowledge(rule, new KnowledgeBase(own, folders, problems));
    }

    static List<Karst.Detection.TestResult> Run(IEnumerable<string> rules, IReadOnlyList<string> data, params IContentFolder[] folders)
    {
        var tester = new RuleTester(new EngineSearch(new EngineSearchOptions { KnowledgeOf = rule => Knowledge(rule, folders) }), new TestDataFinder(data));
        return [.. RuleFolder.Load(rules).Rules.SelectMany(rule => tester.Run(rule, CancellationToken.None))];
    }

    static IEnumerable<string> Shown(IEnumerable<Karst.Detection.TestResult> results) =>
        results.Where(result => result.State != TestState.Pass).Select(result => $"{result.Rule.Name}, {result.Test.Name}: {result.StateName} {result.Reason}");

    [Fact]
    public void The_tests_of_our_own_rules_pass()
    {
        var results = Run([Path.Combine(SharedData.Repository, "content", "rules")], []);
        Assert.Empty(Shown(results));
        Assert.NotEmpty(results);
    }

    [Fact]
    public void The_seeds_rule_passes_on_the_event_that_it_was_written_for()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var result = Assert.Single(Run([Path.Combine(SharedData.Root!, "seed")], [Path.Combine(SharedData.Root!, "samples")]));
        Assert.Equal((TestState.Pass, ""), (result.State, result.Reason));
    }

    [Fact]
    public void The_siblings_of_the_corpus_pass_with_the_corpus_own_macros()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var corpus = Path.Combine(SharedData.Root!, "corpora/escu-2024-10");
        string[] rules = ["medium", "high", "low_informational_unknown"];
        var results = Run(
            rules.Select(rule => Path.Combine(corpus, $"detections/cloud/aws_ecr_container_scanning_findings_{rule}.yml")),
            [Path.Combine(SharedData.Root!, "samples")],
            new EscuFolder(corpus));
        Assert.Empty(Shown(results));
        Assert.Equal(3, results.Count);
    }

    [Fact]
    public void Tests_that_share_data_give_what_each_gives_alone()
    {
        var sample = Path.Combine(SharedData.Repository, "content", "samples", "cloudtrail.json.gz");
        var shared = new KnowledgeBase([], new KnowledgeProblems());
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = rule => new RuleKnowledge(rule, shared) });
        // One that fails and one that is told which event came nearest, beside those that pass.
        var rules = RuleFolder.Load([Path.Combine(SharedData.Repository, "content", "rules")]).Rules
            .Select(rule => rule with { Tests = [rule.Tests[0] with { Expect = null, Data = [new RuleTestData(sample, "", "aws:cloudtrail", null, null)] }] }).ToList();
        rules.Add(rules[0] with { Name = "finds nothing", Search = "`cloudtrail` eventName=CreateUser userName=nobody | stats count by userName" });
        rules.Add(rules[0] with { Name = "reads the clock", Search = "`cloudtrail` earliest=-2h | stats count" });
        rules.Add(rules[0] with { Name = "fails", Search = "`cloudtrail` | head 1 | map search=\"search index=* a=$nosuch$\"" });
        var tester = new RuleTester(engine, new TestDataFinder([]));
        static IEnumerable<string> Told(IEnumerable<Karst.Detection.TestResult> results) =>
            results.Select(result => $"{result.Rule.Name} {result.State} {result.Rows} {result.Reason}");
        var together = Told(tester.RunAll(rules, threads: 2, CancellationToken.None)).ToList();
        Assert.Equal(Told(rules.SelectMany(rule => tester.Run(rule, CancellationToken.None))), together);
        Assert.Contains(together, told => told.Contains("nearest", StringComparison.Ordinal) || told.Contains("dropped the last", StringComparison.Ordinal));
    }

    [Fact]
    public void Results_that_are_there_come_when_tests_are_cancelled()
    {
        using var source = new CancellationTokenSource();
        var rules = RuleFolder.Load([Path.Combine(SharedData.Repository, "content", "rules")]).Rules;
        var shared = new KnowledgeBase([], new KnowledgeProblems());
        var tester = new RuleTester(new EngineSearch(new EngineSearchOptions { KnowledgeOf = rule => new RuleKnowledge(rule, shared) }), new TestDataFinder([]));
        var results = new List<Karst.Detection.TestResult>();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var result in tester.RunAll(rules, threads: 1, source.Token))
            {
                results.Add(result);
                source.Cancel();
            }
        });
        Assert.InRange(results.Count, 1, rules.Sum(rule => rule.Tests.Count) - 1);
    }
}
