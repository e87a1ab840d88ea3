using Karst.Engine.Plans;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge;

/// <summary>What apps define, as far as a search needs it. Everything is loaded on demand.</summary>
public interface IKnowledge : IMacroSource
{
    /// <summary>A lookup's table and options by definition name or file name; null when nobody defines it. Throws <see cref="SplException"/> when it is defined but cannot be read.</summary>
    LookupTable? FindLookup(string name);

    /// <summary>How a lookup is defined, whether or not its table can be read; null when nobody defines it.</summary>
    LookupDefinition? FindLookupDefinition(string name) => null;

    /// <summary>A data model by name; null when nobody defines it.</summary>
    DataModel? FindModel(string name);

    /// <summary>The names of all data models, sorted.</summary>
    IReadOnlyList<string> ModelNames => [];

    /// <summary>The text of a saved search; null when nobody defines it.</summary>
    string? FindSavedSearch(string name) => null;

    /// <summary>The tags of a field's value, event types among the fields; none where nobody gives it one.</summary>
    IReadOnlyList<string> FindTags(string field, string value) => [];

    /// <summary>Where `outputlookup` writes; null when nothing is to be written.</summary>
    LookupStore? Store => null;

    /// <summary>Where addresses are (`iplocation`); null when nobody brings a database. Throws what file access throws, and <see cref="InvalidDataException"/>.</summary>
    Places.PlaceDatabase? Places => null;

    /// <summary>How files of an origin are cut into events: the options with what the sourcetype's settings say.</summary>
    ReaderOptions ReadingFor(EventOrigin origin, ReaderOptions options) => options;

    /// <summary>What changes events of an origin while Splunk indexes them.</summary>
    Ingest.IngestSettings IngestFor(EventOrigin origin) => Ingest.IngestSettings.None;

    /// <summary>The sourcetype that an origin's events have in searches (`rename` of props.conf).</summary>
    string SearchSourcetype(EventOrigin origin) => origin.Sourcetype;

    /// <summary>What events of an origin need so that the wanted fields can be read: fields of the raw text, and stages that make the others.</summary>
    FieldKnowledge FieldsFor(EventOrigin origin, FieldSet wanted);
}

/// <summary>How raw text of a sourcetype becomes fields by itself, before any other knowledge: KV_MODE and INDEXED_EXTRACTIONS.</summary>
public enum AutomaticExtraction { None, KeyValue, Json, Xml, Table }

/// <summary>
/// The search-time knowledge for one origin and one set of wanted fields, in Splunk's order: EXTRACT and REPORT stages run before the automatic
/// fields are looked at, the others behind (aliases, calculated fields, lookups, event types, tags).
/// </summary>
public sealed record FieldKnowledge(AutomaticExtraction Automatic, FieldSet RawFields, IReadOnlyList<Stage> Stages)
{
    /// <summary>Nothing is known.</summary>
    public static FieldKnowledge None { get; } = new(AutomaticExtraction.None, FieldSet.None, []);

    /// <summary>Stages that read `_raw` only (EXTRACT, REPORT) and come before <see cref="Stages"/>.</summary>
    public IReadOnlyList<Stage> Extractions { get; init; } = [];

    /// <summary>JSON that was indexed as it is: a key with the name of a default field becomes `extracted_` and that name, where others give way to the field.</summary>
    public bool RenamesDefaults { get; init; }

    /// <summary>How `_time` is found; null is recognised automatically.</summary>
    public TimeSettings? Time { get; init; }
}

/// <summary>TIME_PREFIX, TIME_FORMAT, MAX_TIMESTAMP_LOOKAHEAD and TZ of props.conf.</summary>
public sealed record TimeSettings(string? Prefix, string? Format, int Lookahead, TimeZoneInfo? Zone)
{
    /// <summary>TIMESTAMP_FIELDS: the columns of a table that hold the time, with a blank between them; null looks in the whole record.</summary>
    public IReadOnlyList<string>? Fields { get; init; }
}
