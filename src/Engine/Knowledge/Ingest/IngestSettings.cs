using System.Text.RegularExpressions;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Ingest;

/// <summary>
/// What props.conf changes of events while Splunk indexes them (TRANSFORMS-, SEDCMD-): raw text, host, source, sourcetype and index, and which events are
/// dropped. Settings run by class in ASCII order, TRANSFORMS before SEDCMD as the reference of props.conf has it.
/// </summary>
public sealed class IngestSettings
{
    /// <summary>Nothing is changed.</summary>
    public static IngestSettings None { get; } = new([], []);

    readonly IReadOnlyList<IngestTransform> _transforms;
    readonly IReadOnlyList<SedScript> _scripts;

    internal IngestSettings(IReadOnlyList<IngestTransform> transforms, IReadOnlyList<SedScript> scripts)
    {
        _transforms = transforms;
        _scripts = scripts;
    }

    /// <summary>How many bytes an event may have (TRUNCATE); what is beyond them is left out.</summary>
    public int MostBytes { get; internal init; } = int.MaxValue;

    /// <summary>No text or metadata is changed.</summary>
    public bool IsEmpty => _transforms.Count == 0 && _scripts.Count == 0;

    /// <summary>Changes an event: false drops it (nullQueue).</summary>
    internal bool Apply(ref string raw, ref EventOrigin origin, RunContext run)
    {
        var keeps = true;
        foreach (var transform in _transforms) transform.Apply(ref raw, ref origin, ref keeps, run);
        if (!keeps) return false;
        foreach (var script in _scripts) raw = script.Apply(raw, run);
        return true;
    }
}

/// <summary>Which part of an event a transform reads or writes.</summary>
enum IngestKey { Raw, Host, Source, Sourcetype, Index, Queue }

/// <summary>One stanza of transforms.conf with a DEST_KEY: where REGEX matches, FORMAT becomes what DEST_KEY names.</summary>
sealed record IngestTransform(string Name, IngestKey Reads, PcreRegex Pattern, IngestKey Writes, string Format)
{
    internal void Apply(ref string raw, ref EventOrigin origin, ref bool keeps, RunContext run)
    {
        var text = Reads switch
        {
            IngestKey.Host => origin.Host,
            IngestKey.Source => origin.Source,
            IngestKey.Sourcetype => origin.Sourcetype,
            IngestKey.Index => origin.Index,
            _ => raw,
        };
        // `$0` is what DEST_KEY held before, so that FORMAT can add to it (reference of transforms.conf).
        var before = Writes switch
        {
            IngestKey.Host => "host::" + origin.Host,
            IngestKey.Source => "source::" + origin.Source,
            IngestKey.Sourcetype => "sourcetype::" + origin.Sourcetype,
            IngestKey.Index => origin.Index,
            IngestKey.Queue => "",
            _ => raw,
        };
        Match? found = null;
        foreach (var match in Pattern.Matches(text, run, 1)) found = match;
        if (found is null) return;
        var made = MatchTemplate.Fill(Format, found, before);
        switch (Writes)
        {
            case IngestKey.Raw: raw = made; break;
            // The last transform that names a queue decides.
            case IngestKey.Queue: keeps = !made.Equals("nullQueue", StringComparison.OrdinalIgnoreCase); break;
            case IngestKey.Host: origin = origin with { Host = Without(made, "host::") }; break;
            case IngestKey.Source: origin = origin with { Source = Without(made, "source::") }; break;
            case IngestKey.Sourcetype: origin = origin with { Sourcetype = Without(made, "sourcetype::") }; break;
            case IngestKey.Index: origin = origin with { Index = made }; break;
        }
    }

    static string Without(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : text;
}
