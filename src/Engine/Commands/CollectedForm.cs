using System.Globalization;
using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// What becomes of a row that `collect` keeps. The raw text of an event stays as it is. A row without one gets a text of its time, of the search's window
/// and of its fields, `03/01/2024 10:00:00 +0000, info_min_time=..., user="ann"`.
/// </summary>
public sealed record CollectedForm
{
    static readonly string[] s_origins = ["host", "source", "sourcetype"];

    /// <summary>The index that gets the events.</summary>
    public string Index { get; init; } = "summary";

    /// <summary>The search's window and start stand in the text.</summary>
    public bool AddsInfo { get; init; } = true;

    /// <summary>The time stands in the text.</summary>
    public bool AddsTime { get; init; } = true;

    /// <summary>What stands at the end of each event.</summary>
    public string? Marker { get; init; }

    /// <summary>The host of the events; null gives none.</summary>
    public string? Host { get; init; }

    /// <summary>The source of the events; null gives none.</summary>
    public string? Source { get; init; }

    /// <summary>The sourcetype of the events.</summary>
    public string Sourcetype { get; init; } = "stash";

    /// <summary>How the time is written, in strptime's letters.</summary>
    public string TimeFormat { get; init; } = "%m/%d/%Y %H:%M:%S %z";

    /// <summary>Events keep their host, source and sourcetype instead of having them as `orig_host` and so on.</summary>
    public bool KeepsOrigin { get; init; }

    /// <summary>The event's fields, `_time`, `index` and `_raw` first.</summary>
    internal IEnumerable<(string Name, Value Value)> Event(Batch batch, int row, RunContext run)
    {
        var fields = new List<(string Name, Value Value)>();
        foreach (var column in batch.Columns)
            if (column.Values[row] is { IsNull: false } value && !column.Name.StartsWith('_') && column.Name != "index") fields.Add((Kept(column.Name), value));
        var time = Time(batch, row, run);
        var raw = batch.Find("_raw") is { } texts && !texts.Values[row].IsNull ? texts.Values[row].ToString() : Text(fields, time, run);
        if (Marker is { } marker) raw += ", " + marker;
        yield return ("_time", Value.FromNumber(time));
        yield return ("index", Value.FromText(Index));
        foreach (var (name, given) in s_origins.Zip([Host, Source, Sourcetype]))
            if (given is not null && !fields.Exists(field => field.Name == name)) yield return (name, Value.FromText(given));
        yield return ("_raw", Value.FromText(raw));
        foreach (var field in fields) yield return field;
    }

    // The first that is there, as Splunk's page on `collect` says.
    static double Time(Batch batch, int row, RunContext run)
    {
        foreach (var name in (string[])["info_min_time", "_time"])
            if (batch.Find(name) is { } column && column.Values[row].TryNumber(out var time)) return time;
        return run.Now;
    }

    string Kept(string name) => !KeepsOrigin && s_origins.Contains(name) ? "orig_" + name : name;

    string Text(List<(string Name, Value Value)> fields, double time, RunContext run)
    {
        var text = new StringBuilder();
        if (AddsTime) Add(Strftime.Format(time, TimeFormat, run.Zone) ?? NumberText.Format(time));
        if (AddsInfo)
        {
            Add($"info_min_time={Seconds(run.Earliest)}");
            Add(double.IsPositiveInfinity(run.Latest) ? "info_max_time=+Infinity" : $"info_max_time={Seconds(run.Latest)}");
            Add($"info_search_time={Seconds(run.Now)}");
        }
        // By name: the order of columns is no one event's.
        foreach (var (name, value) in fields.OrderBy(static field => field.Name, StringComparer.Ordinal))
            for (var i = 0; i < value.Count; i++) Add(value[i].TryNumber(out _) ? $"{name}={value[i]}" : $"{name}=\"{value[i].ToString().Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        return text.ToString();

        void Add(string part) => text.Append(text.Length == 0 ? "" : ", ").Append(part);
    }

    static string Seconds(double epoch) => epoch.ToString("F3", CultureInfo.InvariantCulture);
}
