using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.Units.Rules;

public sealed class EscuLoaderTests
{
    const string Newest = """
        name: Newest
        id: 11111111-1111-1111-1111-111111111111
        version: 3
        creation_date: '2021-08-18'
        modification_date: '2026-05-13'
        author: Ann
        status: production
        type: TTP
        description: A rule.
        data_source:
            - AWS CloudTrail X
        search: |-
            `cloudtrail` eventName=X
              | stats count BY user
              | `newest_filter`
        finding:
            title: $user$ did X
            entity:
                field: user
                type: user
                score: 50
        intermediate_findings:
            entities:
                - field: dest
                  type: system
                  score: 20
                  message: X at $dest$
        threat_objects:
            - field: src
              type: ip_address
        analytic_story:
            - Story
        mitre_attack_id:
            - T1204.003
        category: cloud
        tests:
            - name: One
              attack_data:
                  - data: datasets/a.json
                    sourcetype: aws:cloudtrail
                    source: s
              test_type: unit
              expect: {count: 2, rows: [{user: ann, src: [a, b]}]}
            - name: Two
              attack_data: []
              test_type: experimental
              description: PORTED MANUAL TEST - needs a hand
        """;

    static Rule Load(string text, out List<RuleDiagnostic> diagnostics, bool named = true)
    {
        diagnostics = [];
        return EscuLoader.Load("rules/cloud/newest.yml", text, named, diagnostics)!;
    }

    static RuleDiagnostic OnlyProblem(string text)
    {
        var rule = Load(text, out var diagnostics);
        Assert.Null(rule);
        return Assert.Single(diagnostics, diagnostic => diagnostic.IsError);
    }

    [Fact]
    public void The_newest_form_has_finding_intermediate_findings_and_threat_objects()
    {
        var rule = Load(Newest, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(("Newest", 3, RuleType.Ttp, RuleStatus.Production, "2021-08-18", "2026-05-13"), (rule.Name, rule.Version, rule.Type, rule.Status, rule.CreationDate, rule.ModificationDate));
        Assert.Equal(new RuleFinding("$user$ did X", new RuleEntity("user", "user", 50, "$user$ did X")), rule.Finding);
        Assert.Equal([new RuleEntity("dest", "system", 20, "X at $dest$")], rule.IntermediateFindings);
        Assert.Equal([new RuleThreatObject("src", "ip_address")], rule.ThreatObjects);
        Assert.Equal(["Story"], rule.Stories);
        Assert.Equal(["T1204.003"], rule.AttackIds);
    }

    [Fact]
    public void Tests_carry_data_expectation_and_what_is_manual()
    {
        var rule = Load(Newest, out _);
        Assert.Equal(new RuleTestData("datasets/a.json", "s", "aws:cloudtrail", null, null), Assert.Single(rule.Tests[0].Data));
        Assert.Equal(2, rule.Tests[0].Expect!.Count);
        Assert.Equal(["a", "b"], rule.Tests[0].Expect!.Rows[0]["src"]);
        Assert.Null(rule.Tests[0].Manual);
        Assert.Equal("needs a hand", rule.Tests[1].Manual);
    }

    [Fact]
    public void A_place_in_a_block_scalar_is_its_line_and_column_in_the_file()
    {
        var rule = Load(Newest, out _);
        Assert.Equal(new FilePlace(13, 5), rule.SearchMap.Place(0));
        Assert.Equal(new FilePlace(14, 9), rule.SearchMap.Place(rule.Search.IndexOf("stats", StringComparison.Ordinal)));
        Assert.Equal(new FilePlace(15, 10), rule.SearchMap.Place(rule.Search.IndexOf("newest_filter", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("'a it''s\n  | b x'", "b x", 2, 5)]
    [InlineData("\"a \\\"q\\\"\n  | b x\"", "b x", 2, 5)]
    [InlineData("\"a \\\n  | b x\"", "b x", 2, 5)]
    [InlineData("a\n  | b x", "b x", 2, 5)]
    [InlineData(">\n  a\n  | b x\n", "b x", 3, 5)]
    [InlineData("'it''s b x'", "b x", 1, 16)]
    public void A_place_in_a_folded_scalar_is_found_too(string scalar, string what, int line, int column)
    {
        var rule = Load("search: " + scalar + "\nname: n\ntype: TTP\nstatus: production\n", out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(new FilePlace(line, column), rule.SearchMap.Place(rule.Search.IndexOf(what, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_second_form_has_rba_and_the_finding_of_a_TTP_is_its_user()
    {
        var rule = Load("""
            name: n
            type: TTP
            status: production
            date: '2025-01-02'
            search: index=a
            rba:
              message: m $user$
              risk_objects:
              - {field: dest, type: system, score: 40}
              - {field: user, type: user, score: 50}
              threat_objects:
              - {field: src, type: ip_address}
            tags: {analytic_story: [S], manual_test: by hand}
            tests: [{name: t, attack_data: [{data: d}]}]
            """, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(new RuleEntity("user", "user", 50, "m $user$"), rule.Finding!.Entity);
        Assert.Equal([new RuleEntity("dest", "system", 40, "m $user$")], rule.IntermediateFindings);
        Assert.Equal([new RuleThreatObject("src", "ip_address")], rule.ThreatObjects);
        Assert.Equal(("2025-01-02", "2025-01-02"), (rule.CreationDate, rule.ModificationDate));
        Assert.Equal("by hand", Assert.Single(rule.Tests).Manual);
    }

    [Theory]
    [InlineData("Anomaly", 0, 2)]
    [InlineData("TTP", 1, 1)]
    [InlineData("Correlation", 1, 1)]
    [InlineData("Hunting", 0, 0)]
    public void The_first_form_takes_victims_for_entities_and_attackers_for_threats(string type, int findings, int intermediate)
    {
        var rule = Load($$"""
            name: n
            type: {{type}}
            status: production
            search: index=a
            tags:
              message: m
              risk_score: 25.0
              observable:
              - {name: dest, type: Hostname, role: [Victim]}
              - {name: user, type: User, role: [Victim]}
              - {name: src, type: IP Address, role: [Attacker]}
            """, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal((findings, intermediate), (rule.Finding is null ? 0 : 1, rule.IntermediateFindings.Count));
        Assert.Equal([new RuleThreatObject("src", "ip_address")], rule.ThreatObjects);
        if (type == "Anomaly") Assert.Equal([new RuleEntity("dest", "system", 25, "m"), new RuleEntity("user", "user", 25, "m")], rule.IntermediateFindings);
    }

    [Theory]
    [InlineData("name: [a\n", 2, "not YAML")]
    [InlineData("a: &x [*x]\nsearch: y\n", 1, "contains itself")]
    [InlineData("type: TTP\nstatus: production\nname: n\nknown_false_positives: none\n", 1, "needs `search`")]
    [InlineData("type: TTP\nstatus: production\nsearch: index=a\n", 1, "needs `name`")]
    [InlineData("name: n\ntype: Wrong\nstatus: production\nsearch: x\n", 2, "no type")]
    [InlineData("name: n\ntype: TTP\nstatus: done\nsearch: x\n", 3, "no status")]
    [InlineData("name: n\ntype: TTP\nstatus: production\nsearch: [x]\n", 4, "needs a text, not a list")]
    [InlineData("name: n\ntype: TTP\nstatus: production\nsearch: x\nversion: one\n", 5, "needs a whole number")]
    [InlineData("name: n\ntype: TTP\nstatus: production\nsearch: x\ntests: 5\n", 5, "needs a list of mappings")]
    public void What_is_wrong_is_said_with_its_line(string text, int line, string message)
    {
        var problem = OnlyProblem(text);
        Assert.Contains(message, problem.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.At.Line);
    }

    [Fact]
    public void Anchors_that_multiply_are_never_expanded()
    {
        var text = "name: n\ntype: TTP\nstatus: production\nsearch: x\na0: &a0 [x, x]\n";
        for (var i = 1; i < 40; i++) text += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n";
        var rule = Load(text, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal("n", rule.Name);
    }

    [Fact]
    public void Values_nested_without_end_are_refused()
    {
        var problem = OnlyProblem("search: " + new string('[', 10_000));
        Assert.Contains("nested deeper", problem.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_shape_is_passed_over_unless_it_was_named()
    {
        Assert.Null(Load("name: m\ndefinition: x\n", out var silent, named: false));
        Assert.Empty(silent);
        Assert.Contains("it is a macro", OnlyProblem("name: m\ndefinition: x\n").Diagnostic.Message, StringComparison.Ordinal);
    }
}
