using System.CommandLine;

namespace Karst.App.Options;

/// <summary>The options that every verb that reads events shares: what the files are, what is known of them, and when the search is.</summary>
sealed class EventOptions
{
    /// <summary>Where the events are.</summary>
    public Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Files, folders (recursive) or `-` for stdin; .gz, .zst and .zip are recognised by content.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Metadata for the files.</summary>
    public Option<string?> Sourcetype { get; } = new("--sourcetype") { HelpName = "S", Description = "The files' sourcetype; without it, it is recognised from content." };

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public Option<string?> Source { get; } = new("--source") { HelpName = "S", Description = "The files' source; without it, the file's path." };

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public Option<string?> Host { get; } = new("--host") { HelpName = "H", Description = "The files' host." };

    /// <summary>See <see cref="Sourcetype"/>.</summary>
    public Option<string?> Index { get; } = new("--index") { HelpName = "I", Description = "The files' index (default: main)." };

    /// <summary>Folders of knowledge.</summary>
    public Option<string[]> Apps { get; } = new("--app") { HelpName = "DIR", Description = "A Splunk app, its archive (.spl, .tgz), a folder of apps, or a rule collection with macros/ and lookups/." };

    /// <summary>The clock.</summary>
    public Option<string?> Now { get; } = new("--now") { HelpName = "TIME", Description = "The moment at which the search runs: an epoch or ISO 8601." };

    /// <summary>The zone.</summary>
    public Option<string?> Zone { get; } = new("--tz") { HelpName = "ZONE", Description = "The time zone, `Europe/Berlin` (default: UTC)." };

    /// <summary>The window's beginning.</summary>
    public Option<string?> Earliest { get; } = new("--earliest") { HelpName = "TIME", Description = "The earliest time, as Splunk writes it: `-24h@h`." };

    /// <summary>The window's end.</summary>
    public Option<string?> Latest { get; } = new("--latest") { HelpName = "TIME", Description = "The latest time, exclusive." };

    /// <summary>Parallel work.</summary>
    public Option<int?> Threads { get; } = new("--threads") { HelpName = "N", Description = "How many threads may work: `test` runs rules side by side, `search` and `hunt` scan files and their parts side by side. What comes of it is the same for any number." };

    /// <summary>Splunk's limits.</summary>
    public Option<string[]> Limits { get; } = new("--limit") { HelpName = "NAME=VALUE", Description = "Sets a limit, `sort=0`; `karst help cli search` lists them." };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Sourcetype, Source, Host, Index, Apps, Now, Zone, Earliest, Latest, Threads, Limits];
}
