using Karst.Detection;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class ThrottlingTests
{
    static readonly Rule s_rule = Samples.Rule(more: "throttling: {fields: [user, dest], period: 60s}");

    static string Left(Throttling throttling, Rule rule, double? run, params (double Time, object? User)[] rows) =>
        string.Concat(throttling.Passes(rule, [.. rows.Select(row => FindingMaker.Of(rule, Samples.Row(("_time", row.Time), ("user", row.User), ("dest", "pc")), Samples.AllTime))], run).Select(passes => passes ? '+' : '-'));

    [Fact]
    public void Equal_rows_within_the_period_are_left_out() => Assert.Equal("+-+-+", Left(new Throttling(true), s_rule, null, (100, "ann"), (159, "ann"), (160, "ann"), (219, "ann"), (170, "bob")));

    [Fact]
    public void The_earliest_row_alerts_wherever_it_stands() => Assert.Equal("-+", Left(new Throttling(true), s_rule, null, (130, "ann"), (100, "ann")));

    [Fact]
    public void A_row_without_one_of_the_fields_alerts() => Assert.Equal("++", Left(new Throttling(true), s_rule, null, (100, null), (110, null)));

    [Fact]
    public void Values_do_not_run_into_one_another() => Assert.Equal("++", Left(new Throttling(true), s_rule, null, (100, new[] { "a", "b" }), (110, "ab")));

    [Fact]
    public void Off_leaves_nothing_out() => Assert.Equal("++", Left(new Throttling(false), s_rule, null, (100, "ann"), (110, "ann")));

    [Fact]
    public void Without_fields_an_alert_silences_the_rule()
    {
        var rule = Samples.Rule() with { Throttle = new RuleThrottle([], 60) };
        var throttling = new Throttling(true);
        Assert.Equal("++", Left(throttling, rule, 1_000, (1, "ann"), (2, "bob")));
        Assert.Equal("-", Left(throttling, rule, 1_059, (3, "cid")));
        Assert.Equal("+", Left(throttling, rule, 1_060, (4, "cid")));
        Assert.Equal(1, Assert.Single(throttling.Left).Rows);
    }

    [Theory]
    [InlineData("86400s", 86_400.0)]
    [InlineData("90m", 5_400.0)]
    [InlineData("24h", 86_400.0)]
    [InlineData("7d", 604_800.0)]
    [InlineData("60", 60.0)]
    [InlineData("1 day", 86_400.0)]
    [InlineData("0s", null)]
    [InlineData("-5m", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999s", null)]
    [InlineData("5w", null)]
    public void A_period_is_a_number_and_a_unit(string text, double? seconds) => Assert.Equal(seconds, RuleThrottle.Period(text));

    [Theory]
    [InlineData("greater than", 2, "--+")]
    [InlineData("less than", 2, "++-")]
    [InlineData("equal to", 1, "-+-")]
    [InlineData("not equal to", 1, "+-+")]
    public void A_trigger_counts_rows(string relation, int quantity, string zeroOneThree) =>
        Assert.Equal(zeroOneThree, string.Concat(new[] { 0, 1, 3 }.Select(rows => new RuleTrigger(relation, quantity).Holds(rows) ? '+' : '-')));
}
