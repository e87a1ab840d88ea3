using Karst.App.Output;
using Karst.Detection;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>What the runs of a schedule would have found, on stderr: how many there were, and each that gave rows, in the order of time.</summary>
static class ScheduleSummary
{
    const int MostLines = 40;

    /// <summary>Prints it; <paramref name="defaults"/> is how many rules have no schedule but the common one.</summary>
    public static void Print(ScheduleReport report, TimeZoneInfo zone, int defaults)
    {
        var error = Terminal.Error;
        string Moment(double time) => Strftime.Format(time, "%Y-%m-%d %H:%M", zone) ?? "no time";
        var runs = report.Runs.Values.Sum(static runs => (long)runs);
        error.WriteLine(Style.Error.Bold("schedule"));
        if (runs == 0)
        {
            error.WriteLine("  no run: no event has a time, or no rule a schedule that reaches them");
            return;
        }
        error.WriteLine($"  events from {Moment(report.Start)} to {Moment(report.End)}: {Amount.Of(runs, "run")} of {Amount.Of(report.Runs.Count, "rule")}; {Amount.Count(report.Empty)} had no event of theirs in their window, {Amount.Count(report.WithRows.Count)} gave rows");
        if (defaults > 0) error.WriteLine($"  {Amount.Of(defaults, "rule")} without a schedule of {(defaults == 1 ? "its" : "their")} own: hourly, from 70 to 10 minutes before the run");
        foreach (var run in report.WithRows.Take(MostLines))
            error.WriteLine($"    {Moment(run.Window.Now)}  {SafeText.Of(run.Rule.Name)}: {Amount.Of(run.Rows, "row")}, {Amount.Of(run.Findings, "finding")}");
        if (report.WithRows.Count > MostLines) error.WriteLine($"    and {Amount.Count(report.WithRows.Count - MostLines)} more; the time of a finding's run is its `window.now` in JSON lines");
    }
}
