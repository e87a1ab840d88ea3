using System.CommandLine;
using System.Text;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.App.Options;

/// <summary>What the shared options mean: paths, metadata, clock, zone, window, threads and limits.</summary>
sealed record EventSettings
{
    /// <summary>The inputs.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Metadata given for all files; null is recognised.</summary>
    public string? Sourcetype { get; init; }

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public string? Source { get; init; }

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public string? Host { get; init; }

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public string? Index { get; init; }

    /// <summary>Folders of `--app`, the weakest first.</summary>
    public IReadOnlyList<string> Apps { get; init; } = [];

    /// <summary>The moment of the search in epoch seconds; null when it was not given.</summary>
    public double? Now { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>`--earliest` as written; null is all time.</summary>
    public string? Earliest { get; init; }

    /// <summary>`--latest` as written.</summary>
    public string? Latest { get; init; }

    /// <summary>How many threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Reads the shared options; a value that cannot be is a <see cref="UsageException"/>.</summary>
    public static EventSettings Read(EventOptions options, ParseResult parsed)
    {
        var zone = parsed.GetValue(options.Zone) is { } name ? FindZone(name) : TimeZoneInfo.Utc;
        var now = parsed.GetValue(options.Now) is { } text ? ParseNow(text, zone) : (double?)null;
        var threads = parsed.GetValue(options.Threads) ?? Environment.ProcessorCount;
        if (threads < 1) throw new UsageException($"`--threads {threads}`: at least 1 is needed");
        var earliest = Modifier("--earliest", parsed.GetValue(options.Earliest), now, zone);
        var latest = Modifier("--latest", parsed.GetValue(options.Latest), now, zone);
        var apps = parsed.GetValue(options.Apps) ?? [];
        foreach (var app in apps)
            if (!Directory.Exists(app) && !AppArchive.Is(app)) throw new UsageException($"`--app {app}`: there is no such folder, nor an archive of an app (.spl, .tgz, .tar.gz)");
        return new EventSettings
        {
            Paths = parsed.GetValue(options.Paths) ?? [],
            Sourcetype = parsed.GetValue(options.Sourcetype),
            Source = parsed.GetValue(options.Source),
            Host = parsed.GetValue(options.Host),
            Index = parsed.GetValue(options.Index),
            Apps = apps,
            Now = now,
            Zone = zone,
            Earliest = earliest,
            Latest = latest,
            Threads = threads,
            Limits = LimitTable.Apply(parsed.GetValue(options.Limits) ?? []),
        };
    }

    /// <summary>The window as seen from a moment: 0 and +infinity where nothing was given.</summary>
    public (double Earliest, double Latest) Window(double now)
    {
        var earliest = 0d;
        var latest = double.PositiveInfinity;
        if (Earliest is not null) TimeModifier.TryParse(Earliest, now, Zone, out earliest);
        if (Latest is not null) TimeModifier.TryParse(Latest, now, Zone, out latest);
        return (earliest, latest);
    }

    /// <summary>The machine's clock in epoch seconds.</summary>
    public static double Clock() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000d;

    static string? Modifier(string option, string? text, double? now, TimeZoneInfo zone)
    {
        if (text is null) return null;
        if (TimeModifier.TryParse(text, now ?? Clock(), zone, out _)) return text;
        if (EventTime.TryParse(Encoding.UTF8.GetBytes(text), zone, out var epoch)) return epoch.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        throw new UsageException($"`{option} {text}` is no time; `-24h@h`, an epoch and `2024-10-01T12:00:00Z` are");
    }

    static double ParseNow(string text, TimeZoneInfo zone) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var epoch) || EventTime.TryParse(Encoding.UTF8.GetBytes(text), zone, out epoch)
            ? epoch
            : throw new UsageException($"`--now {text}` is no moment; an epoch and `2024-10-01T12:00:00Z` are");

    static TimeZoneInfo FindZone(string name)
    {
        if (name is "UTC" or "Z" or "GMT") return TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new UsageException($"`--tz {name}`: this machine knows no such zone; names are those of the IANA database, such as `Europe/Berlin`");
    }
}
