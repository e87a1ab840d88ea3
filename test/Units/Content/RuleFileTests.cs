using YamlDotNet.RepresentationModel;

namespace Karst.Units.Content;

/// <summary>Holds the shipped rules to what a reader of the pack relies on, read as plain YAML.</summary>
public sealed class RuleFileTests
{
    static readonly string Folder = Path.Combine(SharedData.Repository, "content", "rules");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_the_seed_its_siblings_and_ten_or_more_of_our_own() => Assert.True(Files.Count >= 13);

    [Theory]
    [InlineData("name")]
    [InlineData("id")]
    public void No_two_rules_share(string key)
    {
        var values = Files.Select(file => Text(Read(file.Data), key)).ToList();
        Assert.Equal(values.Count, values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_is_named_after_the_rule_and_its_filter_macro_too(string file)
    {
        var rule = Read(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var slug = string.Concat(Text(rule, "name").Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
        Assert.Equal(slug, name);
        Assert.EndsWith($"| `{name}_filter`", Text(rule, "search"), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(Text(rule, "id"), out _));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_technique_is_an_active_one_of_the_table(string file)
    {
        var known = File.ReadLines(Path.Combine(SharedData.Repository, "content", "attack", "techniques.tsv"))
            .Select(line => line.Split('\t')).Where(row => row[^1] == "active").Select(row => row[0]).ToHashSet();
        var named = List(Read(file), "mitre_attack_id").Cast<YamlScalarNode>().Select(node => node.Value!).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, technique => Assert.Contains(technique, known));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_true_and_a_false_case_stand_on_files_that_are_there(string file)
    {
        var tests = List(Read(file), "tests").Cast<YamlMappingNode>().ToList();
        foreach (var data in tests.SelectMany(test => List(test, "attack_data")).Cast<YamlMappingNode>())
        {
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Path.Combine(Folder, file))!, Text(data, "data"))), Text(data, "data"));
            Assert.Equal("aws:cloudtrail", Text(data, "sourcetype"));
        }
        var expected = tests.Select(test => (YamlMappingNode)test["expect"]).ToList();
        Assert.Contains(expected, expect => expect.Children.ContainsKey("count"));
        Assert.Contains(expected, expect => expect.Children.ContainsKey("none"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_kind_of_rule_decides_what_it_raises(string file)
    {
        var rule = Read(file);
        Assert.Equal(Text(rule, "type") == "TTP", rule.Children.ContainsKey("finding"));
        Assert.True(rule.Children.ContainsKey("finding") || rule.Children.ContainsKey("intermediate_findings"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_findings_name_are_columns_of_the_search(string file)
    {
        var rule = Read(file);
        var search = Text(rule, "search");
        var texts = new List<string>();
        var fields = new List<string>();
        if (rule.Children.TryGetValue("finding", out var finding))
        {
            texts.Add(Text((YamlMappingNode)finding, "title"));
            fields.Add(Text((YamlMappingNode)finding["entity"], "field"));
        }
        if (rule.Children.TryGetValue("intermediate_findings", out var intermediate))
            foreach (var entity in List((YamlMappingNode)intermediate, "entities").Cast<YamlMappingNode>())
            {
                texts.Add(Text(entity, "message"));
                fields.Add(Text(entity, "field"));
            }
        if (rule.Children.ContainsKey("threat_objects"))
            fields.AddRange(List(rule, "threat_objects").Cast<YamlMappingNode>().Select(threat => Text(threat, "field")));
        fields.AddRange(texts.SelectMany(text => text.Split('$').Where((_, place) => place % 2 == 1)));
        var columns = search[search.IndexOf("| stats ", StringComparison.Ordinal)..].Split([' ', '\n', '|', '='], StringSplitOptions.RemoveEmptyEntries);
        Assert.All(fields, field => Assert.Contains(field, columns));
    }

    [Fact]
    public void The_seeds_search_is_word_for_word_the_authors()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var original = Parse(Directory.EnumerateFiles(Path.Combine(SharedData.Root!, "seed"), "*.yml").Single());
        var ours = Files.Select(file => Read(file.Data)).Single(rule => Text(rule, "id") == Text(original, "id"));
        Assert.Equal(Text(original, "search"), Text(ours, "search"));
    }

    static YamlMappingNode Read(string file) => Parse(Path.Combine(Folder, file));

    static YamlMappingNode Parse(string path)
    {
        using var reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    static YamlSequenceNode List(YamlMappingNode node, string key) => (YamlSequenceNode)node[key];
}
