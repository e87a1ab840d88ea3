using System.Diagnostics;
using System.Globalization;
using Karst.Engine.Running;
using Karst.Engine.Scanning;

namespace Karst.App.Output;

/// <summary>`--stats`: what each stage did, and what was read.</summary>
static class StatsOutput
{
    /// <summary>Prints to stderr.</summary>
    public static void Print(SearchResult result, ScanProgress progress, TimeSpan time)
    {
        var error = Terminal.Error;
        error.WriteLine(Style.Error.Bold($"{"rows in",12} {"rows out",12} {"ms",9}  stage"));
        foreach (var stage in result.Stages)
            error.WriteLine($"{Amount.Count(stage.RowsIn),12} {Amount.Count(stage.RowsOut),12} {stage.Time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),9}  {Short(stage.Description)}");
        var seconds = Math.Max(0.000_001, time.TotalSeconds);
        error.WriteLine($"{Amount.Of(progress.Files, "file")}, {Amount.Bytes(progress.Bytes)}, {Amount.Of(progress.Events, "event")} ({Amount.Count(progress.Candidates)} looked at) in {Amount.Time(time)}: {Amount.Bytes(progress.Bytes / seconds)}/s, {Amount.Count((long)(progress.Events / seconds))} events/s");
        foreach (var same in progress.Recognised.GroupBy(file => file.Sourcetype).OrderByDescending(static same => same.Count()))
            error.WriteLine($"{Amount.Of(same.Count(), "file")} of sourcetype {same.Key}{Confidence(same.Sum(file => file.Alike), same.Sum(file => file.Looked))}");
        using var process = Process.GetCurrentProcess();
        error.WriteLine($"peak memory {Amount.Bytes(process.PeakWorkingSet64)}");
    }

    // How sure it is: of the events at the beginning of each file.
    static string Confidence(int alike, int looked) => looked == 0 ? "" : alike == 0 ? ": not recognised, searched as text" : $": {alike} of the {looked} events looked at show it";

    static string Short(string description)
    {
        var line = description.ReplaceLineEndings(" ");
        return line.Length <= 120 ? line : line[..119] + "\u2026";
    }
}
