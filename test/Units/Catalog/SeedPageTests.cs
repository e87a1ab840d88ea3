using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Units.Catalog;

/// <summary>The page that the project began from (../shared/seed/page.txt): all that it says, from the model.</summary>
public sealed class SeedPageTests
{
    const string Name = "AWS ECR Container Scanning Findings Low Informational Unknown";

    static readonly Lazy<string[]> s_page = new(static () => File.ReadAllLines(Path.Combine(SharedData.Root!, "seed/page.txt")));

    static RuleEntry Seed() => CorpusCatalog.Get().Rule(Name);

    // The lines between two headings of the page.
    static string[] Between(string from, string to) => [.. s_page.Value.SkipWhile(line => line != from).Skip(1).TakeWhile(line => line != to)];

    static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Title_platform_and_description()
    {
        var seed = Seed();
        Assert.Equal(["Detection rules › Splunk", Name, seed.Description], s_page.Value[..3]);
        Assert.Equal(("splunk", "rules/splunk/aws-ecr-container-scanning-findings-low-informational-unknown/"), (seed.Card.Platform, seed.Card.Address));
    }

    [Fact]
    public void Attack_coverage()
    {
        var row = Assert.Single(Seed().Attack);
        Assert.Contains($"| {row.Tactic} | {row.Id} {row.Name} |", s_page.Value);
        Assert.Equal(("Execution", "T1204.003", "User Execution: Malicious Image", "active"), (row.Tactic, row.Id, row.Name, row.Status));
    }

    [Fact]
    public void Event_coverage()
    {
        var row = Assert.Single(Seed().Events);
        Assert.Contains($"| {row.Provider} | {row.Event} |", s_page.Value);
        Assert.Equal(("AWS-ecr", "DescribeImageScanFindings", "predicates", null), (row.Provider, row.Event, row.Origin, row.Title));
    }

    [Fact]
    public void The_same_action_is_that_of_its_siblings_and_of_no_other_rule()
    {
        Assert.Equal(["AWS ECR Container Scanning Findings High", "AWS ECR Container Scanning Findings Medium"], Seed().SameAction.Select(row => row.Rule.Name));
        Assert.All(Seed().SameAction, row => Assert.True(row.SamePlatform && row.Rule.Techniques.Contains("T1204.003")));
    }

    // The page has lost the indentation of the YAML, and breaks lines where it likes.
    [Fact]
    public void The_body_is_the_file() =>
        Assert.Equal(Squeezed(string.Join(' ', Between("Rule body splunk", "Stages and Predicates"))), Squeezed(Seed().Body.Text));

    [Fact]
    public void The_higher_version_makes_the_page_and_the_collections_stands_in_its_history()
    {
        var seed = Seed();
        var older = Assert.Single(seed.History);
        Assert.Equal((13, 4), (seed.Version, older.Version));
        Assert.Contains(older.Change.Properties, property => property is { Name: "version", Older: "4", Newer: "13" });
        Assert.DoesNotContain(older.Change.Predicates.Added, line => line.Contains("severity", StringComparison.Ordinal));
        Assert.Contains("src_ip", older.Change.Fields.Removed);
        Assert.Single(CorpusCatalog.Get().Rules, rule => rule.Card.Id == seed.Card.Id);
    }

    [Fact]
    public void Eleven_stages_with_their_names_and_texts()
    {
        var lines = new List<string>();
        foreach (var stage in Seed().Stages)
        {
            lines.Add($"Stage {stage.Number}: {stage.Command}");
            lines.AddRange(stage.Text.Split('\n').Select(line => line.Trim()));
        }
        Assert.Equal(11, Seed().Stages.Count);
        Assert.Equal(Between("Stages and Predicates", "Indicators"), lines);
    }

    [Fact]
    public void Bare_macros_are_search_stages_with_their_key_and_expansion()
    {
        var stages = Seed().Stages;
        Assert.Equal(["security_content_ctime(1)", "security_content_ctime(1)", "aws_ecr_container_scanning_findings_low_informational_unknown_filter"], stages.Skip(8).Select(stage => stage.Macro));
        Assert.Equal("| search *", stages[10].Expansion);
        Assert.Equal("sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings", stages[0].Expansion);
    }

    [Fact]
    public void Predicates_of_the_stages() =>
        Assert.Equal(
            ["1 sourcetype eq aws:cloudtrail", "1 eventSource eq ecr.amazonaws.com", "1 eventName eq DescribeImageScanFindings", "5 severity in LOW, INFORMATIONAL, UNKNOWN"],
            Seed().Stages.SelectMany(stage => stage.Predicates.Select(predicate => $"{stage.Number} {predicate.Describe()}")));

    [Fact]
    public void Four_indicators_with_their_kinds_and_values()
    {
        var indicators = Seed().Indicators;
        Assert.Equal(Between("|---|---|---|", "").Where(line => line.EndsWith('|') && line.Length > 1), indicators.Select(indicator => $"{indicator.Field} | {indicator.Kind.Name()} |"));
        Assert.Equal(
            ["DescribeImageScanFindings", "ecr.amazonaws.com", "LOW", "INFORMATIONAL", "UNKNOWN", "aws:cloudtrail"],
            indicators.SelectMany(indicator => indicator.Values).Select(value => value.Value));
        Assert.Equal(["eq", "eq", "in", "eq"], indicators.Select(indicator => indicator.Kind.Name()));
    }

    [Fact]
    public void Nothing_is_left_out_and_nothing_is_wrong()
    {
        var seed = Seed();
        Assert.Empty(seed.Unanalyzed);
        Assert.Empty(seed.Lint);
        Assert.True(seed.Runs);
        Assert.False(seed.IsProven);
    }

    [Fact]
    public void Finding_drilldowns_tests_and_what_it_belongs_to()
    {
        var seed = Seed();
        Assert.Null(seed.Finding);
        Assert.Equal([new EntityRow("user", "user", 20, "Vulnerabilities found in repository $repository$")], seed.Entities);
        Assert.Equal(["View the detection results for - \"$user$\"", "View risk events for the last 7 days for - \"$user$\""], seed.Drilldowns.Select(drilldown => drilldown.Name));
        Assert.Equal("aws:cloudtrail", Assert.Single(Assert.Single(seed.Tests).Data).Sourcetype);
        Assert.Equal(["Dev Sec Ops"], seed.Stories.Select(story => story.Text));
        Assert.Equal("stories/dev-sec-ops/", seed.Stories[0].Address);
        Assert.Equal(["alias", "calculated", "metadata", "raw"], seed.FieldsNeeded.Select(need => need.Origin).Distinct().Order(StringComparer.Ordinal));
    }
}
