using System.Collections.Concurrent;
using System.Globalization;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Ingest;
using Karst.Engine.Plans;

namespace Karst.Engine.Knowledge.Props;

/// <summary>All search-time knowledge for the events of one set of props stanzas; narrowed to the wanted fields on demand.</summary>
sealed class OriginKnowledge
{
    /// <summary>Fields that every event has by itself; the raw text does not give them.</summary>
    static readonly string[] s_metadata = ["_raw", "_time", "host", "index", "source", "sourcetype"];

    readonly ConcurrentDictionary<string, FieldKnowledge> _narrowed = new(StringComparer.Ordinal);
    readonly AutomaticExtraction _automatic;
    readonly bool _renames;
    readonly TimeSettings? _time;
    readonly IReadOnlyList<INarrowable> _extractions;
    readonly IReadOnlyList<INarrowable> _stages;

    /// <summary>The settings of the time of search, and those of the time of indexing: of several apps, these lie over one another in another order.</summary>
    internal OriginKnowledge(ConfStanza props, ConfStanza index, IReadOnlyList<INarrowable> extractions, IReadOnlyList<INarrowable> stages, KnowledgeProblems problems)
    {
        _automatic = AutomaticOf(props, index, problems);
        _renames = _automatic == AutomaticExtraction.Json && index["INDEXED_EXTRACTIONS"] is { } indexed && indexed.Equals("json", StringComparison.OrdinalIgnoreCase);
        _time = TimeOf(index, problems);
        _extractions = extractions;
        _stages = stages;
    }

    /// <summary>What the wanted fields need: walks back from the last stage to the raw text, and leaves out what nobody wants.</summary>
    internal FieldKnowledge For(FieldSet wanted) => _narrowed.GetOrAdd(wanted.ToString(), _ => Narrow(wanted));

    FieldKnowledge Narrow(FieldSet wanted)
    {
        var stages = NarrowAll(_stages, ref wanted);
        var raw = wanted.Without(s_metadata);
        if (_renames) raw = raw.With(s_metadata.Where(name => wanted.Contains("extracted_" + name)));
        var extractions = NarrowAll(_extractions, ref wanted);
        return new FieldKnowledge(_automatic, _automatic == AutomaticExtraction.None ? FieldSet.None : raw, stages)
        {
            Extractions = extractions,
            RenamesDefaults = _renames,
            Time = _time,
        };
    }

    static List<Stage> NarrowAll(IReadOnlyList<INarrowable> all, ref FieldSet wanted)
    {
        var kept = new List<Stage>();
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all[i].Narrow(wanted) is not { } stage) continue;
            kept.Add(stage);
            wanted = stage.Needs(wanted);
        }
        kept.Reverse();
        return kept;
    }

    static AutomaticExtraction AutomaticOf(ConfStanza props, ConfStanza index, KnowledgeProblems problems)
    {
        if (index.Find("INDEXED_EXTRACTIONS") is { } indexed && indexed.Value.Length > 0)
        {
            if (indexed.Value.Equals("json", StringComparison.OrdinalIgnoreCase)) return AutomaticExtraction.Json;
            // The columns of a table come with its records, and nothing else is looked for unless KV_MODE says so.
            if (TableSettings.IsTable(indexed.Value) && props.Find("KV_MODE") is null) return AutomaticExtraction.None;
            if (!TableSettings.IsTable(indexed.Value) && !indexed.Value.Equals("none", StringComparison.OrdinalIgnoreCase))
                problems.Add(indexed, $"`{indexed.Value}` is not read; json, csv, tsv and psv are");
        }
        if (props.Find("KV_MODE") is not { } mode) return AutomaticExtraction.KeyValue;
        switch (mode.Value.ToLowerInvariant())
        {
            case "json":
                return AutomaticExtraction.Json;
            case "xml":
                return AutomaticExtraction.Xml;
            case "multi":
                return AutomaticExtraction.Table;
            case "none":
                return AutomaticExtraction.None;
            case "auto" or "auto_escaped" or "":
                return AutomaticExtraction.KeyValue;
            default:
                problems.Add(mode, $"`{mode.Value}` is not read; auto, json, xml, multi and none are");
                return AutomaticExtraction.None;
        }
    }

    static TimeSettings? TimeOf(ConfStanza props, KnowledgeProblems problems)
    {
        var prefix = props["TIME_PREFIX"];
        var format = props["TIME_FORMAT"];
        var zone = ZoneOf(props, problems);
        var fields = TableSettings.TimeFields(props);
        if (prefix is null && format is null && zone is null && fields is null && props.Find("MAX_TIMESTAMP_LOOKAHEAD") is null) return null;
        var lookahead = 128;
        if (props.Find("MAX_TIMESTAMP_LOOKAHEAD") is { } setting
            && !int.TryParse(setting.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out lookahead))
        {
            problems.Add(setting, $"`{setting.Value}` is no number; 128 is taken");
            lookahead = 128;
        }
        return new TimeSettings(prefix, format, lookahead, zone) { Fields = fields };
    }

    static TimeZoneInfo? ZoneOf(ConfStanza props, KnowledgeProblems problems)
    {
        if (props.Find("TZ") is not { Value.Length: > 0 } setting) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(setting.Value, out var zone)) return zone;
        problems.Add(setting, $"the zone `{setting.Value}` is not known here");
        return null;
    }
}
