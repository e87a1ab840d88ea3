using Karst.App.Output;
using Karst.Detection;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>What a suppression list left out, on stderr: nothing goes in silence.</summary>
static class SuppressionSummary
{
    /// <summary>Prints a line for each entry.</summary>
    public static void Print(IReadOnlyList<SuppressionUse> uses)
    {
        if (uses.Count == 0) return;
        Terminal.Error.WriteLine($"  suppressed: {Amount.Of(uses.Sum(static use => use.Findings), "finding")}");
        foreach (var (entry, findings, isPast) in uses)
        {
            var what = isPast ? $"its day {entry.Until:yyyy-MM-dd} has passed" : findings == 0 ? "no finding is as it says" : SafeText.Of(entry.Reason);
            Terminal.Error.WriteLine($"    {Amount.Count(findings),7}  {SafeText.Of(entry.Rule)}: {what} ({SafeText.Of(entry.Path)}:{entry.At.Line})");
        }
    }
}
