using Karst.Catalog.Model;
using Karst.Catalog.Writing;

namespace Karst.Units.Catalog;

/// <summary>What a catalogue makes of rules with something wrong: each has its page, and the rest goes on.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly RuleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_rule_without_a_search_is_listed_with_its_body_and_what_it_lacks()
    {
        _files.Add("a.yml", "name: No search\nid: x\nversion: 1\nstatus: production\ntype: TTP\nknown_false_positives: none\nmitre_attack_id: [T1059]\n");
        var rule = Assert.Single(_files.Build().Rules);
        Assert.Equal(("No search", "splunk", "rules/splunk/no-search/"), (rule.Card.Name, rule.Card.Platform, rule.Card.Address));
        Assert.Empty(rule.Stages);
        Assert.StartsWith("name: No search", rule.Body.Text, StringComparison.Ordinal);
        Assert.Contains(rule.Lint, lint => lint.Message == "a rule needs `search`");
        Assert.Equal("T1059", Assert.Single(rule.Attack).Id);
        Assert.NotNull(rule.NoEvents);
    }

    [Fact]
    public void A_search_that_does_not_parse_has_its_page_with_the_message_in_place()
    {
        _files.Add("a.yml", "name: Broken\nversion: 1\nstatus: production\ntype: TTP\nsearch: |-\n  index=a (b=1\n    | stats count\n");
        var rule = Assert.Single(_files.Build().Rules);
        var lint = Assert.Single(rule.Lint, lint => lint.Severity == "error");
        Assert.Equal(("`(` is not closed", 6, 11), (lint.Message, lint.Line, lint.Column));
        Assert.False(rule.Runs);
        Assert.Null(rule.Command);
        Assert.Equal(2, rule.Stages.Count);
        Assert.Equal(1, Assert.Single(rule.Unanalyzed).Stage);
    }

    [Fact]
    public void Of_two_versions_of_one_id_the_higher_has_the_page_and_the_lower_counts_nowhere()
    {
        _files.Rule("Rule", "index=a user=bob", 1, version: 2).Rule("Rule", "index=a user=ann", 1, version: 1).Rule("Other", "index=a", 2);
        var model = _files.Build();
        Assert.Equal(["Other", "Rule"], model.Rules.Select(rule => rule.Card.Name));
        var rule = model.Rule("Rule");
        Assert.Equal((2, 1), (rule.Version, Assert.Single(rule.History).Version));
        Assert.Equal(["user eq bob"], rule.History[0].Change.Indicators.Added);
        Assert.Equal(["user eq ann"], rule.History[0].Change.Indicators.Removed);
        Assert.Equal(1, rule.Indicators.Single(indicator => indicator.Field == "index").Values[0].Count);
        Assert.DoesNotContain(model.Values, value => value.Value == "ann");
        Assert.Empty(model.Problems);
    }

    [Fact]
    public void Two_rules_of_one_id_and_one_version_are_a_problem()
    {
        _files.Add("b.yml", Text("One", 1)).Add("a.yml", Text("Two", 1));
        var model = _files.Build();
        Assert.Equal("Two", Assert.Single(model.Rules).Card.Name);
        Assert.Contains("a.yml has the same id", Assert.Single(model.Problems).Message, StringComparison.Ordinal);

        static string Text(string name, int version) => $"name: {name}\nid: 11111111-1111-1111-1111-111111111111\nversion: {version}\nstatus: production\ntype: TTP\nsearch: index=a\n";
    }

    [Fact]
    public void Two_rules_of_one_slug_both_have_pages_and_a_problem_says_so()
    {
        _files.Rule("One rule!", "index=a", 1).Rule("One rule?", "index=b", 2);
        var model = _files.Build();
        Assert.Equal("rules/splunk/one-rule/", model.Rules[0].Card.Address);
        Assert.Matches("^rules/splunk/one-rule-[0-9a-f]{8}/$", model.Rules[1].Card.Address);
        Assert.Equal(("CAT002", "One rule?"), (Assert.Single(model.Problems).Code, model.Problems[0].Rule));
    }

    [Fact]
    public void An_unknown_technique_is_shown_and_a_warning()
    {
        _files.Rule("Rule", "index=a", 1, more: "mitre_attack_id: [T9999, T1086]");
        var model = _files.Build();
        Assert.Equal(["T9999 unknown ", "T1086 revoked T1059.001 Command and Scripting Interpreter: PowerShell"], model.Rules[0].Attack.Select(row => $"{row.Id} {row.Status} {row.Successor?.Text}"));
        Assert.Equal(["CAT003", "CAT004"], model.Rules[0].Lint.Select(lint => lint.Code));
        Assert.Contains(model.Techniques, technique => technique is { Id: "T9999", Status: "unknown", Rules.Count: 1 });
        Assert.Equal("CAT003", Assert.Single(model.Problems).Code);
        Assert.Equal(["T1059.001"], model.Layers[0].Techniques.Select(technique => technique.Id));
    }

    [Fact]
    public void A_circular_macro_is_a_message_and_no_hang()
    {
        _files.Add("macros/a.yml", "name: a\ndefinition: '`b`'\n").Add("macros/b.yml", "name: b\ndefinition: '`a`'\n").Add("detections/r.yml", "name: R\nversion: 1\nstatus: production\ntype: TTP\nsearch: '`a` user=bob'\n");
        var rule = Assert.Single(_files.Build().Rules);
        var lint = Assert.Single(rule.Lint);
        Assert.Equal(("the macro calls itself: a > b > a", 5, 10), (lint.Message, lint.Line, lint.Column));
        Assert.Contains(rule.Indicators, indicator => indicator.Field == "user");
        Assert.NotEmpty(rule.Unanalyzed);
    }

    [Fact]
    public void A_macro_that_nobody_defines_is_a_message_at_its_place_also_behind_one_that_grew()
    {
        _files.Add("a.yml", "name: R\nversion: 1\nstatus: production\ntype: TTP\nsearch: index=a | `security_content_ctime(firstTime)` | `gone`\n");
        var lint = Assert.Single(Assert.Single(_files.Build().Rules).Lint);
        Assert.Equal(("no macro `gone` is defined", 5, 57, 63), (lint.Message, lint.Line, lint.Column, lint.EndColumn));
    }

    [Fact]
    public void A_rule_of_another_platform_is_listed_with_its_body_and_no_stages()
    {
        _files.Add("sigma.yml", "title: Whoami\nid: 502b42de-4306-40b4-9596-6f590c81f073\nstatus: test\nauthor: A\nlogsource: {product: windows}\ndetection:\n  s: {Image: whoami.exe}\n  condition: s\ntags: [attack.discovery, attack.t1033]\n")
            .Add("sentinel.yml", "id: s1\nname: Rare sign-in\nkind: Scheduled\nquery: SigninLogs | take 1\nrelevantTechniques: [T1078]\n")
            .Add("panther.yml", "AnalysisType: rule\nRuleID: Aws.Root\nDisplayName: Root used\nReports: {MITRE ATT&CK: [TA0001:T1078]}\n")
            .Rule("Ours", "index=a", 1);
        var rules = _files.Build().Rules;
        Assert.Equal(["panther Root used T1078", "sentinel Rare sign-in T1078", "sigma Whoami T1033", "splunk Ours "], rules.Select(rule => $"{rule.Card.Platform} {rule.Card.Name} {string.Join(' ', rule.Card.Techniques)}"));
        Assert.Equal("rules/sigma/whoami/", rules[2].Card.Address);
        Assert.Empty(rules[2].Stages);
        Assert.Contains("detection:", rules[2].Body.Text, StringComparison.Ordinal);
        Assert.False(rules[2].Runs);
    }

    [Fact]
    public void A_file_that_is_no_yaml_is_a_problem_and_the_rest_goes_on()
    {
        _files.Add("a.yml", "name: [a\n").Rule("Rule", "index=a", 1);
        var model = _files.Build();
        Assert.Single(model.Rules);
        Assert.Equal(("error", "a.yml"), (Assert.Single(model.Problems).Severity, model.Problems[0].Path));
    }

    [Fact]
    public void A_description_of_a_megabyte_is_kept()
    {
        _files.Rule("Rule", "index=a", 1, more: $"how_to_implement: {new string('x', 1 << 20)}");
        Assert.Equal(1 << 20, Assert.Single(_files.Build().Rules).HowToImplement.Length);
    }

    [Fact]
    public void Markup_and_invisible_characters_stay_in_the_model_and_are_escaped_in_JSON()
    {
        const string Nasty = "<script>alert(1)</script>\u202e\u200b&\"'";
        _files.Rule(Nasty, $"index=\"{Nasty.Replace("\"", "", StringComparison.Ordinal)}\"", 1, more: "analytic_story: [\"<b>\\u202E\"]\ndata_source: [\"<i>\"]\nmitre_attack_id: [\"<T>\"]");
        var model = _files.Build();
        Assert.Equal(Nasty, Assert.Single(model.Rules).Card.Name);
        foreach (var (path, bytes) in RuleFiles.Written(model))
        {
            Assert.Matches(@"^([A-Za-z0-9._-]+/)*[a-z]+\.json$", path);
            Assert.DoesNotContain(bytes, letter => letter is (byte)'<' or (byte)'>' or (byte)'&' or (byte)'\'' or > 126);
        }
    }

    [Fact]
    public void Nothing_leaves_the_folder_and_no_name_is_reserved_or_taken_twice()
    {
        string[] names = ["../../etc/passwd", "..", ".", "/", "CON", "con.txt", "nul", "A", "a", "Ä", "ä", new string('y', 300), new string('y', 301), "index", "a/b", "a\\b", "…"];
        for (var i = 0; i < names.Length; i++) _files.Rule(names[i], $"index=x f=\"{names[i]}\"", i + 1, more: $"analytic_story: ['{names[i]}']");
        var model = _files.Build();
        Assert.Equal(names.Length, model.Rules.Count);
        using var folder = new RuleFiles();
        CatalogWriter.Write(model, Path.Combine(folder.Folder, "site"), [new JsonRenderer()], TestContext.Current.CancellationToken);
        Assert.Equal(["site"], Directory.GetFileSystemEntries(folder.Folder).Select(Path.GetFileName));
        var paths = new JsonRenderer().Files(model).Select(file => file.Path).ToList();
        Assert.Equal(paths.Count, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(paths.SelectMany(path => path.Split('/')[..^1]), part => Assert.Matches(@"^(?!(con|nul)(\.|$))[A-Za-z0-9_][A-Za-z0-9._-]{0,100}$", part.ToLowerInvariant()));
    }

    [Fact]
    public void A_renderer_that_names_a_path_outside_is_refused()
    {
        using var folder = new RuleFiles();
        Assert.Throws<InvalidOperationException>(() => CatalogWriter.Write(_files.Rule("R", "index=a", 1).Build(), folder.Folder, [new Escaping()], TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(folder.Folder, "..", "outside.json")));
    }

    sealed class Escaping : IPageRenderer
    {
        public IEnumerable<CatalogFile> Files(CatalogModel model) => [new("../outside.json", static stream => stream.WriteByte(0))];
    }
}
