using System.Diagnostics;
using System.Globalization;
using Karst.Detection;
using Karst.Events;

namespace Karst.App.Output;

/// <summary>`hunt --stats`: what was read, and the rules that took the most time.</summary>
static class RuleWorkOutput
{
    const int MostLines = 20;

    /// <summary>Prints to stderr.</summary>
    public static void Print(HuntResult result)
    {
        var error = Terminal.Error;
        error.WriteLine(Style.Error.Bold($"{"looked at",12} {"rows",12} {"ms",9}  rule"));
        // The longest first, to a tenth of a millisecond, and those that are alike by name.
        var work = result.Work.OrderByDescending(static rule => Math.Round(rule.Time.TotalMilliseconds, 1)).ThenBy(static rule => rule.Rule.Name, StringComparer.Ordinal).ToList();
        foreach (var rule in work.Take(MostLines))
            error.WriteLine($"{Amount.Count(rule.Looked),12} {Amount.Count(rule.Rows),12} {rule.Time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),9}  {SafeText.Of(rule.Rule.Name)}");
        if (work.Count > MostLines) error.WriteLine($"{"",35}  and {Amount.Count(work.Count - MostLines)} more");
        error.WriteLine($"{Amount.Count(work.Count(static rule => rule.Looked > 0))} of {Amount.Of(work.Count, "rule")} had to look at events");
        using var process = Process.GetCurrentProcess();
        error.WriteLine($"peak memory {Amount.Bytes(process.PeakWorkingSet64)}");
    }
}
