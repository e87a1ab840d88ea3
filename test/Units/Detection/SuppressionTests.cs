using Karst.Detection;
using Karst.Rules;

namespace Karst.Units.Detection;

public sealed class SuppressionTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("- {rule: A, reason: known}", 0)]
    [InlineData("- {rule: '1', reason: by its id}", 0)]
    [InlineData("- {rule: a*, reason: case and stars}", 0)]
    [InlineData("- {rule: B, reason: another}", 2)]
    [InlineData("- {rule: A, where: user=ann, reason: the row's field}", 0)]
    [InlineData("- {rule: A, where: user=bob, reason: no}", 2)]
    [InlineData("- {rule: A, where: 'risk_object=pc', reason: one entity of two}", 1)]
    [InlineData("- {rule: A, where: 'risk_score>20 OR risk_object_type=user', reason: one of two}", 1)]
    [InlineData("- {rule: A, where: 'NOT user=bob dest IN (p*, q)', reason: a filter as in search}", 0)]
    [InlineData("- {rule: A, until: 2024-01-02, reason: the day itself counts}", 0)]
    [InlineData("- {rule: A, until: 2024-01-01, reason: past}", 2)]
    [InlineData("", 2)]
    public void An_entry_leaves_out_the_findings_for_which_it_holds(string text, int left)
    {
        var diagnostics = new List<RuleDiagnostic>();
        File.WriteAllText(_file, text);
        var list = new SuppressionList(SuppressionFile.Read(_file, diagnostics), diagnostics);
        Assert.Empty(diagnostics);
        var findings = FindingMaker.Of(Samples.Rule(), Samples.Row(("user", "ann"), ("dest", "pc")), Samples.AllTime);
        Assert.Equal(2, findings.Count);
        // 2024-01-02, 23:59:59.
        var (kept, uses) = list.Apply(findings, 1_704_239_999);
        Assert.Equal(left, kept.Count);
        Assert.Equal(2 - left, uses.Sum(use => use.Findings));
    }

    [Fact]
    public void The_first_entry_that_holds_counts_a_finding()
    {
        File.WriteAllText(_file, "- {rule: A, where: user=nobody, reason: one}\n- {rule: A, where: risk_object=pc, reason: two}\n- {rule: A, reason: three}\n");
        var list = new SuppressionList(SuppressionFile.Read(_file, []), []);
        var findings = FindingMaker.Of(Samples.Rule(), Samples.Row(("user", "ann"), ("dest", "pc")), Samples.AllTime);
        Assert.Equal([("one", 0), ("two", 1), ("three", 1)], list.Apply(findings, 0).Uses.Select(use => (use.Entry.Reason, use.Findings)));
    }

    [Theory]
    [InlineData("- {rule: A}", "1: a suppression needs `reason`")]
    [InlineData("- {reason: x}", "1: a suppression needs `rule`")]
    [InlineData("- {rule: A, reason: x}\n- {rule: A, reason: x, user: ann}", "2: `user` is no key of a suppression")]
    [InlineData("- {rule: A, reason: x, until: soon}", "1: `until` needs a day (2026-12-31), not `soon`")]
    [InlineData("- {rule: A, reason: x, where: 'user=(ann'}", "1: ")]
    [InlineData("- text", "1: `a suppression list` needs a list of mappings, not a text")]
    [InlineData("rule: A", "1: `a suppression list` needs a list of mappings, not a mapping")]
    public void What_cannot_be_used_is_named_and_holds_for_nothing(string text, string message)
    {
        var diagnostics = new List<RuleDiagnostic>();
        File.WriteAllText(_file, text);
        var list = new SuppressionList(SuppressionFile.Read(_file, diagnostics), diagnostics);
        var one = Assert.Single(diagnostics);
        Assert.StartsWith(message, $"{one.At.Line}: {one.Diagnostic.Message}", StringComparison.Ordinal);
        Assert.DoesNotContain(list.Apply([], 0).Uses, use => use.Entry.At.Line == one.At.Line);
    }
}
