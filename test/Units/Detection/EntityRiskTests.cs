using Karst.Detection;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class EntityRiskTests
{
    static Finding Finding(double time, string user, double score = 10, string attack = "T1059")
    {
        var rule = Samples.Rule() with { AttackIds = [attack], Name = $"rule {attack}" };
        return new Finding(rule, FindingKind.Finding, time, new FindingEntity("user", "user", user), score, "", Samples.Row(("user", user)), Samples.AllTime);
    }

    static IEnumerable<string> Told(RiskLimits limits, params Finding[] findings) =>
        EntityRisk.Of(findings, limits).Select(risk => $"{risk.Value} {risk.Score} {risk.Findings} {risk.First}-{risk.Last} {string.Join(' ', risk.Techniques)}");

    [Fact]
    public void Without_limits_each_entity_has_its_sum() =>
        Assert.Equal(["bob 30 1 5-5 T1059", "ann 20 2 0-100 T1059"], Told(RiskLimits.None, Finding(0, "ann"), Finding(100, "ann"), Finding(5, "bob", 30)));

    [Theory]
    [InlineData(100, 30, "ann 30 3 50-140 T1059")]
    [InlineData(90, 30, null)]
    [InlineData(91, 30, "ann 30 3 50-140 T1059")]
    [InlineData(100, 30.5, null)]
    [InlineData(1_000, 40, "ann 40 4 0-140 T1059")]
    public void Scores_are_summed_within_the_window(double window, double least, string? told) =>
        Assert.Equal(told is null ? [] : [told], Told(new RiskLimits(window, least, null), Finding(140, "ann"), Finding(0, "ann"), Finding(110, "ann"), Finding(50, "ann")));

    [Fact]
    public void Techniques_are_counted_within_the_window()
    {
        Finding[] findings = [Finding(0, "ann", 90), Finding(100, "ann", 1, "T1105"), Finding(120, "ann", 1, "T1218"), Finding(130, "ann", 1, "T1218")];
        Assert.Equal(["ann 3 3 100-130 T1105 T1218"], Told(new RiskLimits(60, null, 2), findings));
        Assert.Empty(Told(new RiskLimits(60, null, 3), findings));
        // Either limit is enough; that of the score tells the window where both are reached.
        Assert.Equal(["ann 90 1 0-0 T1059"], Told(new RiskLimits(60, 80, 2), findings));
    }

    [Fact]
    public void A_window_is_never_worse_than_another()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var findings = Enumerable.Range(0, 30).Select(_ => Finding(random.Next(1_000), "ann", random.Next(1, 50))).ToArray();
            var worst = findings.Max(start => findings.Where(finding => finding.First >= start.First && finding.First < start.First + 200).Sum(finding => finding.Score));
            Assert.Equal(worst, Assert.Single(EntityRisk.Of(findings, new RiskLimits(200, 0, null))).Score);
        }
    }

    [Fact]
    public void Hits_without_risk_do_not_count() =>
        Assert.Empty(EntityRisk.Of([Finding(0, "ann") with { Kind = FindingKind.Hit }, Finding(0, "ann") with { Entity = null }], RiskLimits.None));
}
