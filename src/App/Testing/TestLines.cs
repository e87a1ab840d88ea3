using System.Globalization;
using Karst.App.Output;
using Karst.Detection;
using Karst.Events;

namespace Karst.App.Testing;

/// <summary>Results of tests for people.</summary>
static class TestLines
{
    /// <summary>A result: its state, rule and test, time, and the reason beneath.</summary>
    public static string Of(TestResult result)
    {
        var style = Style.Output;
        var name = result.StateName.PadRight(11);
        var state = result.State switch
        {
            TestState.Pass => style.Good(name),
            TestState.Fail or TestState.Error => style.Bad(name),
            _ => style.Warning(name),
        };
        var ran = result.State is TestState.Pass or TestState.Fail or TestState.Error
            ? string.Create(CultureInfo.InvariantCulture, $"  ({Amount.Of(result.Rows, "row")}, {result.Milliseconds:0} ms)")
            : "";
        var reason = result.Reason.Length > 0 ? $"\n  {string.Join("\n  ", result.Reason.ReplaceLineEndings("\n").Split('\n').Select(static line => SafeText.Of(line)))}" : "";
        return $"{state} {SafeText.Of(result.Rule.Name)}: {SafeText.Of(result.Test.Name)}{ran}{reason}\n";
    }

    /// <summary>The last line: how many ended how; <paramref name="broken"/> is the number of rule files that could not be read.</summary>
    public static string Totals(IReadOnlyList<TestResult> results, int broken)
    {
        int Count(TestState state) => results.Count(result => result.State == state);
        return $"{Count(TestState.Pass)} passed, {Count(TestState.Fail)} failed, {Count(TestState.Error) + broken} errors, {Count(TestState.Skip)} skipped, {Count(TestState.Unsupported)} unsupported\n";
    }
}
