using System.Collections.Concurrent;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Ingest;
using Karst.Engine.Knowledge.Models;
using Karst.Engine.Knowledge.Places;
using Karst.Engine.Knowledge.Props;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge;

/// <summary>
/// The knowledge of several folders together: Splunk apps and rule collections. The later folder wins; Karst's own apps lie beneath all
/// of them. Immutable to the outside, loaded on demand, safe for several threads.
/// </summary>
public sealed class KnowledgeBase : IKnowledge
{
    readonly List<IContentFolder> _folders = [];
    readonly List<AppFolder> _brought;
    readonly ConcurrentDictionary<string, Macro?> _macros = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, OriginKnowledge> _origins = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<LookupTable?>> _lookups = new(StringComparer.Ordinal);
    readonly Lazy<PropsStack> _props;
    readonly Lazy<PropsStack> _indexProps;
    readonly Lazy<EventTypeReader> _eventTypes;
    readonly Lazy<ConfFile> _transforms;
    readonly Lazy<ConfFile> _indexTransforms;
    readonly Lazy<PlaceDatabase?> _places;
    readonly ConcurrentDictionary<string, Lazy<DataModel?>> _models = new(StringComparer.Ordinal);

    /// <summary>The folders that were brought, the weakest first, over Karst's own apps.</summary>
    public KnowledgeBase(IEnumerable<IContentFolder> folders, KnowledgeProblems? problems = null)
        : this(ShippedContent.Apps(problems ??= new KnowledgeProblems()), folders, problems)
    {
    }

    /// <summary>The folders that were brought, the weakest first, over other apps than Karst's own.</summary>
    public KnowledgeBase(IReadOnlyList<AppFolder> own, IEnumerable<IContentFolder> folders, KnowledgeProblems problems)
    {
        Problems = problems;
        _folders.AddRange(folders);
        // Our pack for an add-on steps aside when the user brings the add-on itself: mixing both would give neither's fields.
        _brought = [.. _folders.OfType<AppFolder>()];
        var brought = _brought.Select(app => app.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _folders.InsertRange(0, own.Where(app => !app.StandsFor.Any(brought.Contains)));
        _props = new Lazy<PropsStack>(() => new PropsStack(LayAll("props"), Problems));
        _indexProps = new Lazy<PropsStack>(() => new PropsStack(LayForIndex("props"), Problems));
        _eventTypes = new Lazy<EventTypeReader>(() => new EventTypeReader(LayAll("eventtypes"), LayAll("tags"), this, Problems));
        _transforms = new Lazy<ConfFile>(() => LayAll("transforms"));
        _indexTransforms = new Lazy<ConfFile>(() => LayForIndex("transforms"));
        _places = new Lazy<PlaceDatabase?>(() => _folders.OfType<AppFolder>().Reverse().Select(app => app.FindPlacesFile()).OfType<string>().FirstOrDefault() is { } path ? PlaceDatabase.Open(path) : null);
    }

    /// <inheritdoc/>
    public LookupStore? Store { get; init; }

    /// <inheritdoc/>
    public PlaceDatabase? Places => _places.Value;

    /// <summary>What could not be honoured so far, with its place.</summary>
    public KnowledgeProblems Problems { get; }

    /// <summary>Reads all of the apps that were brought, whether a search asks for it or not, so that <see cref="Problems"/> has all that cannot be honoured.</summary>
    public void ReadAll()
    {
        var props = new ConfFile();
        var transforms = new ConfFile();
        foreach (var app in _brought)
        {
            props.Lay(app.Conf("props"));
            transforms.Lay(app.Conf("transforms"));
        }
        // Patterns of stanza names are read with the stack.
        _ = _props.Value;
        foreach (var stanza in props.Stanzas)
        {
            var origin = new EventOrigin("", stanza.Name, "", "");
            new IngestReader(_indexTransforms.Value, Problems).Reading(stanza, ReaderOptions.Default);
            Compile(origin, [stanza]).For(FieldSet.All);
        }
        foreach (var stanza in transforms.Stanzas.Where(LookupStanza.IsLookup)) Try(stanza.File, stanza.Line, () => FindLookupDefinition(stanza.Name) is { Computed: null, Unsupported: null } ? FindLookup(stanza.Name) : null);
        foreach (var app in _brought)
            foreach (var name in app.ModelNames)
                if (app.FindModelFile(name) is { } path) Try(path, 1, () => FindModel(name));
    }

    void Try(string file, int line, Func<object?> read)
    {
        try
        {
            read();
        }
        catch (SplException error)
        {
            Problems.Add(file, line, error.Message);
        }
    }

    /// <inheritdoc/>
    public Macro? Find(string key) => _macros.GetOrAdd(key, static (key, self) => self.FindMacro(key), this);

    /// <inheritdoc/>
    public LookupTable? FindLookup(string name)
    {
        // A table that this process has written since is read anew.
        var key = Store is { } store ? $"{name}\n{store.Version(name)}\n{(StoredName(name) is { } stored && stored != name ? store.Version(stored) : 0)}" : name;
        return _lookups.GetOrAdd(key, (_, self) => new Lazy<LookupTable?>(() => self.ReadLookup(name)), this).Value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FindTags(string field, string value) => _eventTypes.Value.FindTags(field, value);

    string? StoredName(string name) => FindLookupDefinition(name) is { } definition ? definition.Collection ?? definition.FileName : null;

    /// <inheritdoc/>
    public LookupDefinition? FindLookupDefinition(string name)
    {
        for (var i = _folders.Count - 1; i >= 0; i--)
            if (_folders[i].FindLookup(name) is { } definition) return definition;
        return null;
    }

    /// <inheritdoc/>
    public DataModel? FindModel(string name) => _models.GetOrAdd(name, static (name, self) => new Lazy<DataModel?>(() => self.ReadModel(name)), this).Value;

    /// <inheritdoc/>
    public IReadOnlyList<string> ModelNames =>
        [.. _folders.OfType<AppFolder>().SelectMany(app => app.ModelNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public string? FindSavedSearch(string name)
    {
        for (var i = _folders.Count - 1; i >= 0; i--)
            if (_folders[i] is AppFolder app && app.Conf("savedsearches").Find(name)?["search"] is { Length: > 0 } text) return text;
        return null;
    }

    /// <inheritdoc/>
    public FieldKnowledge FieldsFor(EventOrigin origin, FieldSet wanted)
    {
        var stanzas = _props.Value.Matching(origin);
        var key = origin.Sourcetype + "\n" + string.Join('\n', stanzas.Select(stanza => stanza.Name));
        return _origins.GetOrAdd(key, _ => Compile(origin, stanzas)).For(wanted);
    }

    /// <inheritdoc/>
    public ReaderOptions ReadingFor(EventOrigin origin, ReaderOptions options) => new IngestReader(_indexTransforms.Value, Problems).Reading(IndexPropsOf(origin), options);

    /// <inheritdoc/>
    public IngestSettings IngestFor(EventOrigin origin) => new IngestReader(_indexTransforms.Value, Problems).Read(IndexPropsOf(origin));

    /// <inheritdoc/>
    public string SearchSourcetype(EventOrigin origin) => PropsOf(origin)["rename"] is { Length: > 0 } name ? name : origin.Sourcetype;

    ConfStanza IndexPropsOf(EventOrigin origin) => PropsStack.Combine(_indexProps.Value.Matching(origin), origin.Sourcetype);

    ConfStanza PropsOf(EventOrigin origin) => PropsStack.Combine(_props.Value.Matching(origin), origin.Sourcetype);

    OriginKnowledge Compile(EventOrigin origin, IReadOnlyList<ConfStanza> stanzas)
    {
        var props = PropsStack.Combine(stanzas, origin.Sourcetype);
        var index = IndexPropsOf(origin);
        PropsSettings.ReportUnhonoured(index, Problems);
        // Said here too, where only the fields of an origin are asked for.
        new IngestReader(_indexTransforms.Value, Problems).Read(index);
        var extractions = new ExtractionReader(_transforms.Value, Problems).Read(props);
        var stages = new List<INarrowable>();
        if (PropsSettings.Aliases(props, Problems) is { Count: > 0 } aliases) stages.Add(new AliasStage(aliases));
        stages.AddRange(PropsSettings.Calculated(props, Problems));
        stages.AddRange(PropsSettings.Lookups(props, FindLookup, name => FindLookupDefinition(name)?.Computed, Problems));
        stages.Add(new EventTypeSettings(() => _eventTypes.Value.For(origin)));
        return new OriginKnowledge(props, index, extractions.Count > 0 ? [new ExtractStage(extractions)] : [], stages, Problems);
    }

    LookupTable? ReadLookup(string name)
    {
        var definition = FindLookupDefinition(name);
        if (definition is { Collection: { } collection, FileName: null, Unsupported: null })
            return Store is null ? LookupTable.Stateless(definition) : ReadCollection(definition, collection, Store);
        var kept = Store?.Find(name) ?? (definition?.FileName is { } file ? Store?.Find(file) : null);
        if (definition is null && kept is null) return null;
        definition ??= new LookupDefinition(name);
        if (definition.Unsupported is { } reason) throw Unusable(name, reason);
        if (definition.Computed is not null) throw Unusable(name, "it is computed from its input and has no table");
        if ((kept ?? definition.FilePath ?? FindLookupFile(definition.FileName)) is not { } path)
            throw Unusable(name, $"its table `{definition.FileName}` is in no lookups folder");
        try
        {
            return LookupTable.Read(definition, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unusable(name, error.Message);
        }
    }

    static LookupTable ReadCollection(LookupDefinition definition, string collection, LookupStore store)
    {
        try
        {
            return LookupTable.Of(definition, store.ReadCollection(collection));
        }
        catch (IOException error)
        {
            throw Unusable(definition.Name, error.Message);
        }
    }

    DataModel? ReadModel(string name)
    {
        for (var i = _folders.Count - 1; i >= 0; i--)
        {
            if (_folders[i] is not AppFolder app || app.FindModelFile(name) is not { } path) continue;
            try
            {
                return DataModelReader.Read(name, path, Problems);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new SplException(KnowledgeErrors.UnusableModel(name, error.Message, default));
            }
        }
        return null;
    }

    static SplException Unusable(string name, string reason) => new(KnowledgeErrors.UnusableLookup(name, reason, default));

    string? FindLookupFile(string? fileName)
    {
        if (fileName is null) return null;
        for (var i = _folders.Count - 1; i >= 0; i--)
            if (_folders[i].FindLookupFile(fileName) is { } path) return path;
        return null;
    }

    Macro? FindMacro(string key)
    {
        for (var i = _folders.Count - 1; i >= 0; i--)
            if (_folders[i].FindMacro(key) is { } macro) return macro;
        // Every rule of a collection ends with its own `<rule>_filter`, which is there to be overridden: undefined, it lets everything pass.
        return key.EndsWith("_filter", StringComparison.Ordinal) ? new Macro(key, [], "search *") : null;
    }

    // Splunk's app context: whole apps, in the order of their names, the last one wins (Admin Manual, "Configuration file precedence").
    ConfFile LayAll(string name)
    {
        var all = new ConfFile();
        foreach (var app in _folders.OfType<AppFolder>()) all.Lay(app.Conf(name));
        return all;
    }

    // Splunk's global context, in which events are read: the local files of all apps over the default files of all, and the app that comes first by its folder's name wins.
    ConfFile LayForIndex(string name)
    {
        var all = new ConfFile();
        foreach (var app in _folders.OfType<AppFolder>().Except(_brought)) all.Lay(app.Conf(name));
        var apps = _brought.OrderByDescending(app => app.FolderName, StringComparer.Ordinal).ToList();
        foreach (var layer in (ReadOnlySpan<string>)["default", "local"])
            foreach (var app in apps) all.Lay(app.Layer(layer, name));
        return all;
    }
}
