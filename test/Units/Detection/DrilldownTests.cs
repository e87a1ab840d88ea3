using Karst.Detection;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Units.Detection;

public sealed class DrilldownTests
{
    static Drilldown Fill(string search, string user, string? earliest = "$info_min_time$", string? latest = "$info_max_time$", SearchWindow? window = null)
    {
        var finding = FindingMaker.Of(Samples.Rule(), Samples.Row(("_time", 864_000d), ("user", user)), window ?? Samples.AllTime)[0];
        return Drilldown.For(new RuleDrilldown("for \"$user$\"", search, earliest, latest), finding, TimeZoneInfo.Utc);
    }

    [Fact]
    public void The_rules_search_and_the_values_are_filled_in()
    {
        var drilldown = Fill("%original_detection_search% | search user = \"$user$\"", "ann");
        Assert.Equal("index=a | stats count BY user dest | search user = \"ann\"", drilldown.Search);
        Assert.Equal((0, double.PositiveInfinity, null), (drilldown.Window.Earliest, drilldown.Window.Latest, drilldown.Problem));
        Assert.Equal("for \"ann\"", drilldown.Name);
    }

    [Theory]
    [InlineData("a\" OR user=\"b")]
    [InlineData("back\\")]
    [InlineData("x | delete")]
    [InlineData("$dest$ %original_detection_search%")]
    [InlineData("] [search y")]
    public void A_value_cannot_become_SPL(string value)
    {
        foreach (var template in new[] { "| search user = \"$user$\"", "| search user = $user$" })
        {
            var parsed = SplParser.Parse("index=a " + Fill(template, value).Search);
            Assert.True(parsed.Ok);
            Assert.Equal(2, parsed.Search.Commands.Count);
            var comparison = Assert.IsType<SearchComparison>(SplParser.ParseSearch(new ArgumentReader(parsed.Search.Commands[1])));
            Assert.Equal(value, comparison.Value.Text);
        }
    }

    [Fact]
    public void A_value_with_a_backtick_is_refused() => Assert.Contains("backtick", Fill("| search user = \"$user$\"", "a`b`").Problem, StringComparison.Ordinal);

    [Fact]
    public void A_field_that_the_row_lacks_is_named() => Assert.Contains("`gone`", Fill("| search a = \"$gone$\"", "ann").Problem, StringComparison.Ordinal);

    [Fact]
    public void An_offset_without_a_sign_counts_back_from_the_findings_time()
    {
        var drilldown = Fill("x", "ann", "7d", "0");
        Assert.Equal(864_000 - 7 * 86_400, drilldown.Window.Earliest);
        Assert.True(drilldown.Window.Latest > 864_000 && drilldown.Window.Latest < 864_001);
    }

    [Fact]
    public void Window_tokens_in_the_search_are_the_window() =>
        Assert.Equal("a=\"10\" b=\"+Infinity\"", Fill("a=\"$info_min_time$\" b=\"$info_max_time$\"", "ann", window: new SearchWindow(10, double.PositiveInfinity, 20)).Search);

    [Fact]
    public void An_offset_that_is_no_time_is_named() => Assert.Contains("`soon`", Fill("x", "ann", "soon", null).Problem, StringComparison.Ordinal);
}
