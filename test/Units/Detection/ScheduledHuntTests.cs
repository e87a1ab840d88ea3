using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.Units.Detection;

/// <summary>Rules as their cron runs them: moments in minutes from the epoch's start, an event a number.</summary>
public sealed class ScheduledHuntTests
{
    const double Minute = 60;

    static readonly RuleSchedule s_tiled = new("*/10 * * * *", "-10m@m", "@m");

    static Rule Rule(string search, string more = "") => EscuLoader.Load("rules/a.yml", $$"""
        name: A
        id: "1"
        type: TTP
        status: production
        search: '{{search}}'
        rba:
          message: seen
          risk_objects: [{field: user, type: user, score: 50}]
        {{more}}
        """, named: true, [])!;

    static HuntResult Hunt(IReadOnlyList<Rule> rules, RuleSchedule? schedule, params (double Minute, string User)[] events)
    {
        var source = new RowsSource(() => Batches(events));
        return Hunter.Run(rules, source, Options() with { ScheduleOf = schedule is null ? null : rule => rule.Schedule ?? schedule }, CancellationToken.None);
    }

    static HuntOptions Options()
    {
        var problems = new KnowledgeProblems();
        return new HuntOptions { KnowledgeOf = rule => new RuleKnowledge(rule, new KnowledgeBase([], problems)) };
    }

    static IEnumerable<Batch> Batches((double Minute, string User)[] events)
    {
        var rows = new RowBuilder();
        foreach (var (minute, user) in events)
        {
            rows.Set("_time", Value.FromNumber(minute * Minute));
            rows.Set("user", Value.FromText(user));
            rows.Set("_raw", Value.FromText($"user={user}"));
            rows.Next();
        }
        yield return rows.Take();
    }

    static IEnumerable<string> Told(HuntResult result) =>
        result.Findings.Select(finding => $"{finding.Window.Now / Minute:0}: {finding.Entity?.Value} at {finding.Time / Minute:0.##}");

    [Fact]
    public void Each_run_sees_its_window()
    {
        var result = Hunt([Rule("user=* | table _time user")], s_tiled, (1, "ann"), (9.5, "bob"), (10, "cid"), (35, "dan"));
        Assert.Equal(["10: bob at 9.5", "10: ann at 1", "20: cid at 10", "40: dan at 35"], Told(result));
        Assert.Equal(4, result.Schedule!.Runs.Single().Value);
        Assert.Equal([(10.0, 2), (20.0, 1), (40.0, 1)], result.Schedule.WithRows.Select(run => (run.Window.Now / Minute, run.Rows)));
    }

    [Fact]
    public void A_count_is_a_runs_own()
    {
        var search = "user=* | stats count by user | where count>=2";
        Assert.Equal(["20: bob at 20"], Told(Hunt([Rule(search)], s_tiled, (1, "ann"), (11, "ann"), (12, "bob"), (13, "bob"))));
        Assert.Equal(2, Hunt([Rule(search)], null, (1, "ann"), (11, "ann"), (12, "bob"), (13, "bob")).Findings.Count);
    }

    [Fact]
    public void A_run_without_events_may_find_that_nothing_came()
    {
        var result = Hunt([Rule("user=ann | stats count | where count=0 | eval user=\"nobody\"")], s_tiled, (1, "ann"), (11, "bob"), (21, "ann"));
        Assert.Contains("20: nobody at 20", Told(result));
        Assert.DoesNotContain("10: nobody at 10", Told(result));
    }

    [Fact]
    public void A_window_without_any_event_is_no_exception()
    {
        var result = Hunt([Rule("user=ann | stats count | where count=0 | eval user=\"nobody\"")], s_tiled, (1, "ann"), (35, "ann"));
        Assert.Equal(["20: nobody at 20", "30: nobody at 30"], Told(result));
        Assert.Equal(0, result.Schedule!.Empty);
    }

    [Fact]
    public void No_run_sees_more_than_the_hunt()
    {
        var source = new RowsSource(() => Batches([(1, "ann"), (4, "bob"), (8, "cid"), (12, "dan")]));
        var result = Hunter.Run([Rule("user=* | table _time user")], source, Options() with { ScheduleOf = _ => s_tiled, Earliest = 2 * Minute, Latest = 8 * Minute }, CancellationToken.None);
        Assert.Equal(["10: bob at 4"], Told(result));
    }

    [Fact]
    public void Too_few_rows_are_an_alert_where_the_rule_says_so()
    {
        var rule = Rule("user=ann | table _time user") with { Trigger = new RuleTrigger("less than", 1) };
        Assert.Equal([20.0, 30.0], Hunt([rule], s_tiled, (1, "ann"), (35, "ann")).Findings.Select(finding => finding.Window.Now / Minute));
    }

    [Fact]
    public void Now_is_the_moment_of_the_run() =>
        Assert.Equal(["10: ann at 10", "40: ann at 40"], Told(Hunt([Rule("user=* | stats min(_time) as t by user | eval age=now()-t | where age<=600 | fields user age")], s_tiled, (1, "ann"), (35, "ann"))));

    [Fact]
    public void A_rule_may_have_a_schedule_of_its_own()
    {
        var rule = Rule("user=* | table _time user", "scheduling: {cron_schedule: \"5 * * * *\", earliest_time: -1h, latest_time: now}");
        Assert.Equal(["5: ann at 1", "65: bob at 30"], Told(Hunt([rule], s_tiled, (1, "ann"), (30, "bob"))));
    }

    [Theory]
    [InlineData("70 * * * *", "is no cron schedule")]
    [InlineData("* * * *", "it has 4 fields, not 5")]
    public void A_schedule_that_is_none_is_named_once(string cron, string message)
    {
        var result = Hunt([Rule("user=*"), Rule("user=ann")], new RuleSchedule(cron, "-10m", "now"), (1, "ann"));
        Assert.Equal(2, result.Refused.Count);
        Assert.All(result.Refused, refusal => Assert.Contains(message, refusal.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_that_overlap_find_twice_and_equal_findings_can_be_left_out()
    {
        var findings = Hunt([Rule("user=* | table _time user")], new RuleSchedule("*/10 * * * *", "-20m", "now"), (1, "ann")).Findings;
        Assert.Equal(2, findings.Count);
        var (kept, left) = EqualFindings.Drop([.. findings]);
        Assert.Equal((1, 1), (kept.Count, left));
    }

    [Fact]
    public void A_throttle_silences_runs_for_its_period()
    {
        var rule = Rule("user=* | stats count by user", "throttling: {fields: [user], period: 15m}");
        (double, string)[] events = [(1, "ann"), (11, "ann"), (11, "bob"), (21, "ann"), (31, "ann")];
        var result = Hunt([rule], s_tiled, events);
        Assert.Equal(["10: ann at 10", "20: bob at 20", "30: ann at 30"], Told(result));
        Assert.Equal(2, Assert.Single(result.Throttled).Rows);
    }

    [Fact]
    public void A_correlation_sees_the_findings_of_runs_before_it()
    {
        var correlation = EscuLoader.Load("rules/b.yml", """
            name: B
            id: "2"
            type: Correlation
            status: production
            search: index=risk | stats sum(risk_score) as score by risk_object | where score>=100
            scheduling: {cron_schedule: "*/10 * * * *", earliest_time: -1h, latest_time: now}
            """, named: true, [])!;
        var result = Hunt([correlation, Rule("user=ann | table _time user")], s_tiled, (1, "ann"), (11, "ann"), (40, "bob"));
        Assert.Equal([20.0, 30.0, 40.0, 50.0, 60.0], result.Findings.Where(finding => finding.Rule.Name == "B").Select(finding => finding.Window.Now / Minute));
    }

    [Fact]
    public void Windows_that_tile_the_time_find_what_one_search_finds()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var events = Enumerable.Range(0, 50).Select(_ => (Math.Round(random.NextDouble() * 300, 2), random.Next(2) == 0 ? "ann" : "bob")).ToArray();
            var rule = Rule("user=ann | table _time user");
            IEnumerable<double> Times(HuntResult result) => result.Findings.Select(finding => finding.Time).Order();
            Assert.Equal(Times(Hunt([rule], null, events)), Times(Hunt([rule], s_tiled, events)));
        }
    }

    [Theory]
    [InlineData("user=* | table _time user")]
    [InlineData("user=* | stats count by user | where count>1")]
    [InlineData("user=ann | stats count | where count=0 | eval user=\"nobody\"")]
    [InlineData("user=* | stats max(_time) as t by user | where now()-t<300")]
    [InlineData("user=zoe | stats count by user")]
    [InlineData("user=ann | append [search user=bob] | table user")]
    public void A_run_finds_what_a_hunt_of_its_window_finds(string search)
    {
        var random = new Random(11);
        var schedule = new RuleSchedule("*/7 * * * *", "-12m@m", "-1m@m");
        for (var round = 0; round < 8; round++)
        {
            var events = Enumerable.Range(0, 12).Select(_ => (Math.Round(random.NextDouble() * 200, 2), random.Next(2) == 0 ? "ann" : "bob")).ToArray();
            var rule = Rule(search);
            var source = new RowsSource(() => Batches(events));
            var alone = new List<string>();
            foreach (var window in Enumerable.Range(0, Hunt([Rule("nothing=here")], schedule, events).Schedule!.Runs.Single().Value).Select(WindowOf))
                alone.AddRange(Told(Hunter.Run([rule], source, Options() with { Now = window.Now, Earliest = window.Earliest, Latest = window.Latest }, CancellationToken.None)));
            Assert.Equal(alone, Told(Hunt([rule], schedule, events)));

            // Each hour begins anew: 0, 7, ..., 56.
            SearchWindow WindowOf(int index)
            {
                var now = Enumerable.Range((int)Math.Floor(events.Min(one => one.Item1)), 1_000).Where(minute => minute % 60 % 7 == 0).ElementAt(index);
                return new SearchWindow((now - 12) * Minute, (now - 1) * Minute, now * Minute);
            }
        }
    }

    [Theory]
    [InlineData("0 * * * *", "2024-03-10T05:10:00Z", "2024-03-10T06:00:00Z")]
    [InlineData("*/15 * * * *", "2024-03-10T05:15:00Z", "2024-03-10T05:15:00Z")]
    [InlineData("0 2 * * 0", "2024-03-11T00:00:00Z", "2024-03-17T02:00:00Z")]
    [InlineData("0 2 * * SUN", "2024-03-11T00:00:00Z", "2024-03-17T02:00:00Z")]
    // Both days given: one of them is enough, as cron has it.
    [InlineData("0 0 1 * 1", "2024-03-02T00:00:00Z", "2024-03-04T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2024-03-09T00:00:00Z", "2024-03-13T00:00:00Z")]
    public void The_next_moment_of_a_schedule(string cron, string from, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null).ToUnixTimeSeconds(), new CronTimes(cron).Next(DateTimeOffset.Parse(from, null).ToUnixTimeSeconds(), TimeZoneInfo.Utc));

    [Fact]
    public void A_schedule_is_one_of_the_users_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        Assert.Equal(DateTimeOffset.Parse("2024-03-10T17:00:00Z", null).ToUnixTimeSeconds(), new CronTimes("0 2 * * *").Next(DateTimeOffset.Parse("2024-03-10T00:00:00Z", null).ToUnixTimeSeconds(), zone));
    }

    [Theory]
    [InlineData("index=a | eval x=now()", true)]
    [InlineData("index=a earliest=-1h", true)]
    [InlineData("index=a latest = now", true)]
    [InlineData("index=a | where _time > time ()", true)]
    [InlineData("index=a starthoursago=3", true)]
    [InlineData("| makeresults | addinfo", true)]
    [InlineData("index=a | eval t=strptime(x, \"%H\")", true)]
    [InlineData("| savedsearch mine", true)]
    [InlineData("index=a | stats latest(x) earliest(y) | convert ctime(firstTime)", false)]
    [InlineData("index=a | eval x=strftime(_time, \"%F\") | stats count by known", false)]
    public void A_search_reads_the_clock_or_not(string search, bool reads) => Assert.Equal(reads, EventClock.MayBeRead(search));
}
