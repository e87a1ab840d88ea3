using Karst.Detection;
using Karst.Rules;
using Karst.Spl;
using TestResult = Karst.Detection.TestResult;

namespace Karst.Units.Detection;

public sealed class RuleTesterTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static readonly ResultRow s_whole = Samples.Row(("user", "ann"), ("dest", "pc"), ("src", "1"));
    static readonly ResultRow s_noSource = Samples.Row(("user", "ann"), ("dest", "pc"));

    TestResult Run(Samples.Engine engine, string test = "attack_data: [{data: here.log, sourcetype: s}]", string type = "TTP", bool manual = false)
    {
        if (!File.Exists(Path.Combine(_folder, "here.log"))) File.WriteAllText(Path.Combine(_folder, "here.log"), "event");
        var rule = Samples.Rule(type, "tests: [{name: t, " + test + "}]", Path.Combine(_folder, "a.yml"));
        return Assert.Single(new RuleTester(engine, new TestDataFinder([_folder]), manual).Run(rule, CancellationToken.None));
    }

    [Fact]
    public void A_row_with_all_entities_and_threat_objects_passes()
    {
        var engine = new Samples.Engine(s_noSource, s_whole);
        var result = Run(engine);
        Assert.Equal((TestState.Pass, 2, ""), (result.State, result.Rows, result.Reason));
        Assert.Equal(("s", Path.Combine(_folder, "here.log")), (engine.Inputs[0].Sourcetype, engine.Inputs[0].Path));
    }

    [Fact]
    public void Any_row_without_an_entity_or_with_the_text_null_fails()
    {
        Assert.Contains("row 2 of 2 has no value in `dest`", Run(new Samples.Engine(s_whole, Samples.Row(("user", "ann"), ("src", "1")))).Reason, StringComparison.Ordinal);
        Assert.Contains("`user`", Run(new Samples.Engine(Samples.Row(("user", "null"), ("dest", "pc"), ("src", "1")))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threat_object_that_no_row_has_fails() =>
        Assert.Contains("no row has a value in `src`", Run(new Samples.Engine(s_noSource, s_noSource)).Reason, StringComparison.Ordinal);

    [Fact]
    public void No_row_fails_and_the_stage_that_dropped_the_last_is_named()
    {
        var result = Run(new Samples.Engine { Stages = [new StageRows("search", "search a=1", 9, 4), new StageRows("search", "search b=2", 4, 0), new StageRows("stats", "stats count", 0, 0)] });
        Assert.Equal(TestState.Fail, result.State);
        Assert.Contains("stage 2 (`search b=2`) dropped the last 4", result.Reason, StringComparison.Ordinal);
        Assert.Contains("1. search a=1: 9 in, 4 out", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{none: true}", TestState.Fail)]
    [InlineData("{count: 1}", TestState.Fail)]
    [InlineData("{count: 2}", TestState.Pass)]
    [InlineData("{rows: [{user: ann}, {user: ann}]}", TestState.Pass)]
    [InlineData("{rows: [{user: bob}]}", TestState.Fail)]
    [InlineData("{rows: [{user: ann}, {user: ann}, {user: ann}]}", TestState.Fail)]
    public void An_expectation_asks_for_more(string expect, TestState state) =>
        Assert.Equal(state, Run(new Samples.Engine(s_whole, s_whole), "attack_data: [{data: here.log}], expect: " + expect).State);

    [Fact]
    public void A_test_that_expects_nothing_passes_without_rows() =>
        Assert.Equal(TestState.Pass, Run(new Samples.Engine(), "attack_data: [{data: here.log}], expect: {none: true}").State);

    [Fact]
    public void A_rule_is_bound_before_its_data_is_sought()
    {
        var engine = new Samples.Engine { Diagnostics = [new Diagnostic("X", "`foo` is not there yet", default, null, DiagnosticKind.Unsupported)] };
        var result = Run(engine, "attack_data: [{data: gone.log}]");
        Assert.Equal(TestState.Unsupported, result.State);
        Assert.Contains("`foo` is not there yet (line 6", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_fails_is_an_error() => Assert.Equal(TestState.Error, Run(new Samples.Engine { Failure = "no" }).State);

    [Fact]
    public void A_manual_test_is_skipped_unless_asked_for()
    {
        const string Test = "test_type: experimental, attack_data: [{data: here.log}]";
        Assert.Equal(TestState.Skip, Run(new Samples.Engine(s_whole), Test).State);
        Assert.Equal(TestState.Pass, Run(new Samples.Engine(s_whole), Test, manual: true).State);
    }

    [Fact]
    public void Data_is_found_by_its_path_from_datasets_on_in_a_folder_below()
    {
        var there = Path.Combine(_folder, "below/deeper/datasets/T1/a.log");
        Directory.CreateDirectory(Path.GetDirectoryName(there)!);
        File.WriteAllText(there, "event");
        var finder = new TestDataFinder([_folder]);
        Assert.Equal(there, finder.Find(Samples.Rule(), "https://host/master/datasets/T1/a.log").Path);
        var missing = finder.Find(Samples.Rule(), "https://host/master/datasets/T2/a.log");
        Assert.Null(missing.Path);
        Assert.Contains($"{there} has the same name", missing.Missing, StringComparison.Ordinal);
        Assert.Null(finder.Find(Samples.Rule(), "https://host/datasets/../../etc/passwd").Path);
    }

    [Fact]
    public void A_pointer_of_Git_LFS_is_no_data()
    {
        File.WriteAllText(Path.Combine(_folder, "here.log"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n");
        var result = Run(new Samples.Engine(s_whole));
        Assert.Equal(TestState.Skip, result.State);
        Assert.Contains("Git LFS pointer", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.log", "a.log.gz")]
    [InlineData("a.log.gz", "a.log")]
    [InlineData("a.log", "a.log")]
    public void Data_is_found_packed_or_not(string named, string there)
    {
        var path = Path.Combine(_folder, "datasets", "t", there);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        Assert.Equal(path, new TestDataFinder([_folder]).Find(Samples.Rule(), $"https://media.example.com/datasets/t/{named}").Path);
    }
}
