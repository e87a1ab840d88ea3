using System.Diagnostics;
using Karst.Engine.Running;
using Karst.Engine.Scanning;

namespace Karst.App.Output;

/// <summary>How far a scan has come, in one line.</summary>
static class ProgressLine
{
    static readonly long s_start = Stopwatch.GetTimestamp();

    /// <summary>Files, bytes, events and rate since the process began.</summary>
    public static string Of(ScanProgress progress, int files)
    {
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(s_start).TotalSeconds);
        return $"{Amount.Count(progress.Files)} of {Amount.Of(files, "file")}, {Amount.Bytes(progress.Bytes)}, {Amount.Of(progress.Events, "event")}, {Amount.Bytes(progress.Bytes / seconds)}/s";
    }
}
