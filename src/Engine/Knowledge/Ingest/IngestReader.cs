using System.Globalization;
using Regex = System.Text.RegularExpressions.Regex;
using RegexOptions = System.Text.RegularExpressions.RegexOptions;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Props;
using Karst.Engine.Regexes;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Ingest;

/// <summary>Index-time settings of props.conf and transforms.conf; what cannot be honoured is told with its place.</summary>
sealed class IngestReader(ConfFile transforms, KnowledgeProblems problems)
{
    static readonly string[] s_unhonoured = ["LOOKAHEAD", "DEFAULT_VALUE", "REPEAT_MATCH", "WRITE_META"];
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    /// <summary>What an origin's events go through before they are searched.</summary>
    internal IngestSettings Read(ConfStanza props)
    {
        var all = new List<IngestTransform>();
        foreach (var setting in PropsSettings.OfClass(props, "TRANSFORMS-"))
            foreach (var name in setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (transforms.Find(name) is not { } stanza) problems.Add(setting, $"transforms.conf has no stanza [{name}]");
                else if (Transform(stanza) is { } transform) all.Add(transform);
            }
        var scripts = new List<SedScript>();
        foreach (var setting in PropsSettings.OfClass(props, "SEDCMD-"))
        {
            try
            {
                scripts.Add(SedScript.Parse(new Token(TokenKind.Quoted, setting.Value, setting.Value, default, SpaceBefore: false)));
            }
            catch (SplException error)
            {
                problems.Add(setting, error.Message);
            }
        }
        return new IngestSettings(all, scripts) { MostBytes = MostBytes(props) };
    }

    /// <summary>
    /// How the events are cut (LINE_BREAKER, SHOULD_LINEMERGE, BREAK_ONLY_BEFORE, BREAK_ONLY_BEFORE_DATE). Lines are merged only where the settings say so.
    /// </summary>
    internal ReaderOptions Reading(ConfStanza props, ReaderOptions options)
    {
        if (TableSettings.Read(props, problems) is { } table) return options with { Table = table };
        var breaker = props["LINE_BREAKER"] is { Length: > 0 } pattern && pattern is not (@"([\r\n]+)" or @"([\n\r]+)" or @"(\n)" or @"(\r?\n)") ? pattern : null;
        if (breaker is not null && Compile(props.Find("LINE_BREAKER")!, breaker) is { } lines) options = options with { LineBreaker = lines };
        if (props.Find("SHOULD_LINEMERGE") is not { IsTrue: true }) return options;
        if (props.Find("BREAK_ONLY_BEFORE") is { Value.Length: > 0 } before)
            return Compile(before, $@"([\r\n]+)(?=[^\r\n]*?(?:{before.Value}))") is { } only ? options with { LineBreaker = only } : options;
        if (props.Find("BREAK_ONLY_BEFORE_DATE") is { IsTrue: false } dateless)
        {
            problems.Add(dateless, "merging lines without a date and without BREAK_ONLY_BEFORE is not honoured; each line is an event");
            return options;
        }
        return breaker is null ? options with { LineMerge = true } : options;
    }

    Regex? Compile(ConfSetting setting, string pattern)
    {
        try
        {
            // Named and numbered groups as PCRE counts them are not needed here: the first that takes part counts.
            PcreRegex.Compile(pattern, default);
            return new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, s_limit);
        }
        catch (Exception error) when (error is SplException or ArgumentException)
        {
            problems.Add(setting, error.Message);
            return null;
        }
    }

    // Splunk cuts at 10,000 bytes where nothing is set; here only a setting cuts, since a cut event loses fields that a rule looks for.
    int MostBytes(ConfStanza props)
    {
        if (props.Find("TRUNCATE") is not { Value.Length: > 0 } setting) return int.MaxValue;
        if (int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return bytes == 0 ? int.MaxValue : bytes;
        problems.Add(setting, $"`{setting.Value}` is no number; events are not cut");
        return int.MaxValue;
    }

    IngestTransform? Transform(ConfStanza stanza)
    {
        if (stanza["CLONE_SOURCETYPE"] is { Length: > 0 })
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}]: CLONE_SOURCETYPE is not honoured; no copies are made");
            return null;
        }
        foreach (var name in s_unhonoured)
            if (stanza.Find(name) is { Value.Length: > 0 } setting) problems.Add(setting, "is not honoured");
        if (stanza.Find("REGEX") is not { Value.Length: > 0 } pattern)
        {
            problems.Add(stanza.File, stanza.Line, stanza.Find("INGEST_EVAL") is null ? $"[{stanza.Name}] has no REGEX" : $"[{stanza.Name}]: INGEST_EVAL is not honoured");
            return null;
        }
        if (stanza["DEST_KEY"] is not { Length: > 0 } destination)
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] makes indexed fields (no DEST_KEY), which is not honoured; the same under REPORT- makes them when a search runs");
            return null;
        }
        if (Key(destination) is not { } writes || Key(stanza["SOURCE_KEY"] is { Length: > 0 } source ? source : "_raw") is not { } reads || reads == IngestKey.Queue)
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}]: the keys {stanza["SOURCE_KEY"] ?? "_raw"} and {destination} are not honoured");
            return null;
        }
        try
        {
            return new IngestTransform(stanza.Name, reads, PcreRegex.Compile(pattern.Value, default), writes, stanza["FORMAT"] is { Length: > 0 } format ? format : "$1");
        }
        catch (SplException error)
        {
            problems.Add(pattern, error.Message);
            return null;
        }
    }

    static IngestKey? Key(string name) => name.ToLowerInvariant() switch
    {
        "_raw" => IngestKey.Raw,
        "metadata:host" => IngestKey.Host,
        "metadata:source" => IngestKey.Source,
        "metadata:sourcetype" => IngestKey.Sourcetype,
        "_metadata:index" => IngestKey.Index,
        "queue" => IngestKey.Queue,
        _ => null,
    };
}
