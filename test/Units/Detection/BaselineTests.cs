using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.Units.Detection;

/// <summary>Rules that compare with what a baseline wrote.</summary>
public sealed class BaselineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-baselines-").FullName;

    public BaselineTests()
    {
        Write("contentctl.yml", "path: .");
        Write("lookups/seen.yml", "name: seen\ndescription: users\ncollection: seen\nfields_list: _key, user, last\n");
        Write("detections/new_user.yml", """
            name: New User
            id: "1"
            type: Anomaly
            status: production
            search: user=* | stats min(_time) as first by user | lookup seen user OUTPUT last | where isnull(last) | table user
            tests:
              - name: bob is new
                attack_data: [{data: log.json, sourcetype: _json}]
                expect: {count: 1, rows: [{user: bob}]}
            """);
        // Ann was there two days before; bob only just now.
        Write("detections/log.json", """
            {"_time": 1, "timestamp": "2024-01-01T10:00:00Z", "user": "ann"}
            {"_time": 2, "timestamp": "2024-01-03T10:00:00Z", "user": "ann"}
            {"_time": 3, "timestamp": "2024-01-03T10:01:00Z", "user": "bob"}
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    void Baseline(string search, string more = "tags: {detections: [New User]}") => Write("baselines/seen_users.yml", $"""
        name: Seen Users
        id: "2"
        type: Baseline
        search: '{search}'
        {more}
        deployment: {"{"}scheduling: {"{"}cron_schedule: 0 2 * * *, earliest_time: -30d@d, latest_time: -1d@d{"}"}{"}"}
        """);

    Karst.Detection.TestResult Test()
    {
        var problems = new KnowledgeProblems();
        var collection = new EscuContent(_folder);
        KnowledgeBase Knowledge(LookupStore? store) => new([new EscuFolder(_folder)], problems) { Store = store };
        var shared = Knowledge(null);
        var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = rule => new RuleKnowledge(rule, shared), Baselines = new BaselineSource(_ => collection, (_, store) => Knowledge(store)) });
        return Assert.Single(RuleFolder.Load([Path.Combine(_folder, "detections")]).Rules.SelectMany(rule => new RuleTester(engine, new TestDataFinder([])).Run(rule, CancellationToken.None)));
    }

    const string Fill = "user=* | stats latest(_time) as last by user | outputlookup seen";

    [Fact]
    public void A_baseline_sees_what_came_before_its_window_ends()
    {
        Assert.Equal(TestState.Fail, Test().State);
        Baseline(Fill);
        var result = Test();
        Assert.Equal((TestState.Pass, ""), (result.State, result.Reason));
    }

    [Fact]
    public void A_rule_may_name_its_baselines()
    {
        Baseline(Fill, "");
        Assert.Equal(TestState.Fail, Test().State);
        var rule = Path.Combine(_folder, "detections", "new_user.yml");
        File.AppendAllText(rule, "\nbaselines: [Seen Users]\n");
        Assert.Equal((TestState.Pass, ""), (Test().State, Test().Reason));
    }

    [Fact]
    public void What_a_test_writes_is_its_own()
    {
        Baseline(Fill);
        Assert.Equal(TestState.Pass, Test().State);
        File.Delete(Path.Combine(_folder, "baselines", "seen_users.yml"));
        Assert.Equal(TestState.Fail, Test().State);
    }

    [Fact]
    public void A_baseline_that_cannot_run_is_named()
    {
        Baseline("user=* | fit DensityFunction x into m | outputlookup seen");
        var result = Test();
        Assert.Equal(TestState.Unsupported, result.State);
        Assert.Contains("its baseline `Seen Users` cannot run", result.Reason, StringComparison.Ordinal);
        Assert.Contains("fit", result.Reason, StringComparison.Ordinal);
    }
}
