using Karst.Detection;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class SavedSearchRulesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-saved-").FullName;
    readonly List<RuleDiagnostic> _diagnostics = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    IReadOnlyList<Rule> Read(string text, string layer = "default")
    {
        Directory.CreateDirectory(Path.Combine(_folder, layer));
        File.WriteAllText(Path.Combine(_folder, layer, "savedsearches.conf"), text);
        return new SavedSearchRules(new AppFolder(_folder, new KnowledgeProblems()), _diagnostics).Read();
    }

    const string Correlation = """
        [default]
        disabled = 1
        dispatch.latest_time = -10m@m

        [Shop - Till Opened - Rule]
        description = Somebody opens a till.
        action.correlationsearch.enabled = 1
        action.correlationsearch.label = Till Opened
        action.correlationsearch.annotations = {"mitre_attack": ["T1078"], "analytic_story": ["Tills"], "cve": []}
        action.notable = 1
        action.notable.param.rule_title = $user$ opened a till
        action.notable.param.security_domain = access
        action.notable.param.drilldown_searches = [{"name": "all of $user$", "search": "user=$user$", "earliest_offset": "7d", "latest_offset": "0"}]
        action.risk = 1
        action.risk.param._risk_message = $user$ at $dest$
        action.risk.param._risk = [{"risk_object_field": "dest", "risk_object_type": "system", "risk_score": 20}, {"risk_object_field": "user", "risk_object_type": "user", "risk_score": "64"}, {"threat_object_field": "src", "threat_object_type": "ip_address"}]
        action.shop.how_to_implement = Send the log.
        cron_schedule = 7 * * * *
        dispatch.earliest_time = -70m@m
        alert.suppress = true
        alert.suppress.fields = user, dest
        alert.suppress.period = 1d
        counttype = number of events
        relation = greater than
        quantity = 0
        search = index=tills \
          event=open \
        | nosuch
        """;

    [Fact]
    public void A_correlation_search_is_a_rule()
    {
        var rule = Assert.Single(Read(Correlation));
        Assert.Empty(_diagnostics);
        Assert.Equal(("Till Opened", RuleType.Ttp, "Somebody opens a till.", "Send the log.", "access"), (rule.Name, rule.Type, rule.Description, rule.HowToImplement, rule.SecurityDomain));
        Assert.Equal(new RuleFinding("$user$ opened a till", new RuleEntity("user", "user", 64, "$user$ at $dest$")), rule.Finding);
        Assert.Equal([new RuleEntity("dest", "system", 20, "$user$ at $dest$")], rule.IntermediateFindings);
        Assert.Equal([new RuleThreatObject("src", "ip_address")], rule.ThreatObjects);
        Assert.Equal([new RuleDrilldown("all of $user$", "user=$user$", "7d", "0")], rule.Drilldowns);
        Assert.Equal(["T1078"], rule.AttackIds);
        Assert.Equal(["Tills"], rule.Stories);
        Assert.Equal(new RuleSchedule("7 * * * *", "-70m@m", "-10m@m"), rule.Schedule);
        Assert.Equal(["user", "dest"], rule.Throttle!.Fields);
        Assert.Equal(86_400, rule.Throttle.Seconds);
        Assert.Equal(new RuleTrigger("greater than", 0), rule.Trigger);
        Assert.Equal("index=tills \n  event=open \n| nosuch", rule.Search);
    }

    [Fact]
    public void A_place_of_the_search_is_one_of_the_file()
    {
        var rule = Assert.Single(Read(Correlation));
        var at = rule.SearchMap.Place(rule.Search.IndexOf("nosuch", StringComparison.Ordinal));
        var lines = Correlation.Split('\n');
        Assert.Equal("nosuch", lines[at.Line - 1][(at.Column - 1)..].TrimEnd());
        Assert.Equal(new FilePlace(26, 10), rule.SearchMap.Place(0));
    }

    [Fact]
    public void Local_settings_lie_over_default_ones()
    {
        Read(Correlation);
        var rule = Assert.Single(Read("[Shop - Till Opened - Rule]\nalert.suppress = 0\nsearch = index=other", "local"));
        Assert.Equal("index=other", rule.Search);
        Assert.Null(rule.Throttle);
        Assert.EndsWith(Path.Combine("local", "savedsearches.conf"), rule.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search = index=a", false)]
    [InlineData("enableSched = 1\nsearch = index=a", false)]
    [InlineData("enableSched = 1\ncounttype = always\nsearch = index=a", false)]
    [InlineData("enableSched = 1\ncounttype = number of events\nsearch = index=a", true)]
    [InlineData("enableSched = 1\nalert.track = 1\nsearch = index=a", true)]
    [InlineData("action.risk = 1\nsearch = index=a", true)]
    [InlineData("action.notable = 1\nsearch = index=a", true)]
    [InlineData("action.risk = 1\naction.shop.search_type = support\nsearch = index=a", false)]
    [InlineData("action.notable = 1", false)]
    public void Alerts_are_rules_and_reports_are_not(string settings, bool isRule) => Assert.Equal(isRule ? 1 : 0, Read("[A]\n" + settings).Count);

    [Fact]
    public void An_older_risk_action_names_one_object()
    {
        var rule = Assert.Single(Read("[A]\naction.risk = 1\naction.risk.param._risk_object = src\naction.risk.param._risk_object_type = system\naction.risk.param._risk_score = 30\nsearch = index=a"));
        Assert.Equal((RuleType.Anomaly, "src", 30.0), (rule.Type, Assert.Single(rule.IntermediateFindings).Field, rule.IntermediateFindings[0].Score));
    }

    [Theory]
    [InlineData("action.risk.param._risk = [{", "it is no JSON")]
    [InlineData("counttype = number of hosts", "`number of hosts greater than ` is not honoured")]
    [InlineData("alert_condition = search count>5", "a condition of its own is not honoured")]
    [InlineData("alert.suppress = 1\nalert.suppress.period = soon", "`soon` is no time")]
    public void What_cannot_be_honoured_is_named_and_the_rule_stays(string setting, string message)
    {
        Assert.Single(Read($"[A]\naction.risk = 1\nsearch = index=a\n{setting}"));
        var found = Assert.Single(_diagnostics);
        Assert.Contains(message, found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(3 + setting.Split('\n').Length, found.At.Line);
        Assert.False(found.IsError);
    }
}
