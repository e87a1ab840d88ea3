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
}
