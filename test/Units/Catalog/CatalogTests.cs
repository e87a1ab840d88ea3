using System.Text.Json;
using Karst.Catalog;
using Karst.Catalog.Model;

namespace Karst.Units.Catalog;

/// <summary>The catalogue as a whole: coverage, determinism, results, layers, differences.</summary>
public sealed class CatalogTests : IDisposable
{
    readonly RuleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Live_rules_of_the_corpus_have_events_and_indicators()
    {
        var rules = CorpusCatalog.Get().Rules.Where(static rule => rule.Card.Status != "deprecated").ToList();
        var strong = rules.Count(static rule => rule.Events.Any(static row => row.Origin is "predicates" or "data_model"));
        Assert.True(strong >= 0.88 * rules.Count, $"{strong} of {rules.Count} rules have events from predicates or a data model");
        Assert.All(rules, static rule => Assert.True(rule.Events.Count > 0 || rule.NoEvents is not null));
        Assert.All(rules.SelectMany(static rule => rule.Events).Where(static row => row.Origin != "predicates"), static row => Assert.False(string.IsNullOrEmpty(row.Because)));
        var withIndicators = rules.Count(static rule => rule.Indicators.Count > 0);
        Assert.True(withIndicators >= 0.95 * rules.Count, $"{withIndicators} of {rules.Count} rules have an indicator");
    }

    [Fact]
    public void What_could_not_be_analysed_is_counted_and_listed()
    {
        var model = CorpusCatalog.Get();
        Assert.Equal(model.Totals.Unanalyzed, model.Rules.Sum(static rule => rule.Unanalyzed.Count));
        Assert.All(model.Rules.SelectMany(static rule => rule.Unanalyzed), static condition => Assert.True(condition.Stage > 0 && condition.Text.Length > 0 && condition.Reason.Length > 0));
    }

    [Fact]
    public void A_value_has_the_spelling_that_most_rules_have()
    {
        _files.Rule("a", "Image=Rundll32.exe", 1).Rule("b", "Image=rundll32.exe", 2).Rule("c", "Image=rundll32.exe", 3);
        var value = Assert.Single(_files.Build().Values);
        Assert.Equal(("rundll32.exe", 3), (value.Value, value.Rules));
    }

    [Fact]
    public void Two_builds_are_equal_to_the_byte_also_with_the_rules_in_another_order()
    {
        var sources = CorpusCatalog.GetSources();
        var rules = sources.Rules.ToArray();
        new Random(1).Shuffle(rules);
        var first = RuleFiles.OfCorpus();
        var second = RuleFiles.Written(CatalogBuilder.Build(sources with { Rules = rules }, TestContext.Current.CancellationToken));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.True(file.Value.AsSpan().SequenceEqual(second[file.Key]), file.Key));
    }

    [Fact]
    public void Every_address_in_the_model_is_a_file()
    {
        var files = RuleFiles.OfCorpus();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var bytes in files.Values)
        {
            using var document = JsonDocument.Parse(bytes);
            Collect(document.RootElement);
        }
        Assert.Empty(missing);

        void Collect(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray()) Collect(item);
                    break;
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        if (property.Name.EndsWith("address", StringComparison.Ordinal) && property.Value.GetString() is { } address && !files.ContainsKey(address.EndsWith('/') ? address + "index.json" : address)) missing.Add(address);
                        Collect(property.Value);
                    }
                    break;
            }
        }
    }

    [Fact]
    public void Twins_have_their_schema_first()
    {
        foreach (var (path, bytes) in RuleFiles.Written(_files.Rule("R", "index=a", 1).Build()))
        {
            if (!path.EndsWith("index.json", StringComparison.Ordinal)) continue;
            using var document = JsonDocument.Parse(bytes);
            var first = document.RootElement.EnumerateObject().First();
            Assert.Equal("schema", first.Name);
            Assert.Matches("^karst\\.[a-z_]+/1$", first.Value.GetString()!);
        }
    }

    [Theory]
    [InlineData("PASS", true)]
    [InlineData("FAIL", false)]
    [InlineData("SKIP", false)]
    public void A_rule_is_proven_when_its_last_result_says_that_it_ran_and_passed(string state, bool proven)
    {
        _files.Rule("Rule", "index=a", 1, more: "mitre_attack_id: [T1059]\ntests: [{name: One, attack_data: [{data: x}]}]")
            .Rule("Other", "index=a", 2, more: "tests: [{name: One, attack_data: [{data: x}]}]")
            .Add("results.jsonl", $$"""
                {"rule":"Rule","id":"00000000-0000-0000-0000-000000000001","file":"x","test":"One","state":"FAIL","rows":0,"ms":1,"reason":"r"}
                not json
                {"rule":"Rule","id":"00000000-0000-0000-0000-000000000001","file":"x","test":"One","state":"{{state}}","rows":3,"ms":2.5,"reason":""}
                """);
        var model = _files.Build(Path.Combine(_files.Folder, "results.jsonl"));
        var rule = model.Rule("Rule");
        Assert.Equal(proven, rule.IsProven);
        Assert.Equal(new TestResultRow(state, 3, 2.5, ""), Assert.Single(rule.Tests).Last);
        Assert.Null(Assert.Single(model.Rule("Other").Tests).Last);
        Assert.Equal(proven ? 1 : 0, model.Layers.Single(layer => layer.Address == "layers/proven.json").Techniques.Count);
    }

    [Fact]
    public void Older_folders_are_a_rules_history()
    {
        using var older = new RuleFiles();
        older.Rule("Rule", "index=a user=ann", 1, version: 3);
        var rule = Assert.Single(_files.Rule("Rule", "index=a user=bob", 1, version: 5).Build(null, older.Folder).Rules);
        var entry = Assert.Single(rule.History);
        Assert.Equal((3, "index=a user=ann"), (entry.Version, entry.Search));
        Assert.Equal(["user eq ann"], entry.Change.Indicators.Removed);
    }

    [Fact]
    public void A_value_counts_without_case_where_the_language_compares_without()
    {
        _files.Rule("A", "index=x user=Bob", 1).Rule("B", "index=x user=BOB", 2).Rule("C", "index=x | where user=\"bob\"", 3).Rule("D", "index=x | where user=\"Bob\"", 4)
            .Rule("E", "index=x user!=bob", 5).Rule("F", "index=x user IN (bob)", 6).Rule("G", "| tstats count from datamodel=Authentication where Authentication.user=bob by Authentication.src", 7);
        var model = _files.Build();
        Assert.Equal(
            ["A eq 3", "B eq 2", "C eq 1", "D eq 1", "E ne 0", "F in 0", "G eq 3"],
            model.Rules.Select(rule => rule.Indicators.Single(indicator => indicator.Normalized == "user")).Zip(model.Rules, (indicator, rule) => $"{rule.Card.Name} {indicator.Kind.ToString().ToLowerInvariant()} {indicator.Values[0].Count}"));
        var value = Assert.Single(model.Values, value => value.Field == "user");
        Assert.Equal((7, "values/user/bob/"), (value.Rules, value.Address));
    }

    [Fact]
    public void Layers_have_the_keys_and_types_of_format_4_5()
    {
        _files.Rule("R", "index=a", 1, more: "mitre_attack_id: [T1059.001]");
        var files = RuleFiles.Written(_files.Build());
        Assert.Equal(["layers/all.json", "layers/index.json", "layers/production.json", "layers/proven.json", "rules/splunk/r/layer.json"], files.Keys.Where(path => path.Contains("layer", StringComparison.Ordinal)));
        using var document = JsonDocument.Parse(files["layers/all.json"]);
        Assert.Equal(
            "{name:String,versions:{attack:String,navigator:String,layer:String},domain:String,description:String,sorting:Number,layout:{layout:String,showID:Bool,showName:Bool,showAggregateScores:Bool,countUnscored:Bool," +
            "aggregateFunction:String,expandedSubtechniques:String},hideDisabled:Bool,techniques:[{techniqueID:String,score:Number,comment:String,enabled:Bool,metadata:[{name:String,value:String}],showSubtechniques:Bool}]," +
            "gradient:{colors:[String],minValue:Number,maxValue:Number},legendItems:[{label:String,color:String}],metadata:[],links:[],showTacticRowBackground:Bool,tacticRowBackground:String," +
            "selectTechniquesAcrossTactics:Bool,selectSubtechniquesWithParent:Bool,selectVisibleTechniques:Bool}",
            Shape(document.RootElement));
        Assert.Equal(("enterprise-attack", "4.5", "18"), (Text("domain"), document.RootElement.GetProperty("versions").GetProperty("layer").GetString(), document.RootElement.GetProperty("versions").GetProperty("attack").GetString()));
        Assert.True(document.RootElement.GetProperty("gradient").GetProperty("maxValue").GetInt32() > 0);

        string? Text(string name) => document.RootElement.GetProperty(name).GetString();
    }

    static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().Select(static property => $"{property.Name}:{Shape(property.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Concat(element.EnumerateArray().Take(1).Select(Shape)) + "]",
        JsonValueKind.True or JsonValueKind.False => "Bool",
        var kind => kind.ToString(),
    };

    [Fact]
    public void A_difference_says_what_came_went_and_changed()
    {
        using var newer = new RuleFiles();
        _files.Rule("Gone", "index=a", 1).Rule("Same", "index=a", 2).Rule("Changed", "index=a user=ann", 3);
        newer.Rule("Same", "index=a", 2).Rule("Changed", "index=a user=bob src=1", 3, version: 2).Rule("New", "index=a", 4);
        var difference = CatalogComparer.Compare(Side(_files), Side(newer), TestContext.Current.CancellationToken);
        Assert.Equal(["New"], difference.Added.Select(rule => rule.Name));
        Assert.Equal(["Gone"], difference.Removed.Select(rule => rule.Name));
        Assert.Equal(1, difference.Same);
        var change = Assert.Single(difference.Changed).Change;
        Assert.Equal(["version", "search"], change.Properties.Select(property => property.Name));
        Assert.Equal(["search: src eq 1", "search: user eq bob"], change.Predicates.Added);
        Assert.Equal(["search: user eq ann"], change.Predicates.Removed);
        Assert.Equal(["src eq 1", "user eq bob"], change.Indicators.Added);
        Assert.Equal(["src"], change.Fields.Added);

        static ComparedRules Side(RuleFiles files)
        {
            var sources = CorpusCatalog.Sources([files.Folder]);
            return new ComparedRules(sources.Rules, sources.KnowledgeOf);
        }
    }

    [Fact]
    public void A_title_stands_only_where_the_own_table_has_one()
    {
        var titles = File.ReadLines(Path.Combine(SharedData.Repository, "content/events/events.tsv")).Skip(1).Select(static line => line.Split('\t')).Select(static row => (row[2], row[1], row[3])).ToHashSet();
        Assert.All(CorpusCatalog.Get().Events.Where(static entry => entry.Title is not null), entry => Assert.Contains((entry.Provider, entry.Event, entry.Title!), titles));
    }
}
