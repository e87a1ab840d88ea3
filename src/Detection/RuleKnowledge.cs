using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Ingest;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>What one rule sees: shared knowledge, and its own filter macro where nobody defines it.</summary>
public sealed class RuleKnowledge(Rule rule, IKnowledge shared) : IKnowledge
{
    readonly RuleMacros _macros = new(rule, shared);

    /// <summary>The knowledge that other rules see, too.</summary>
    public IKnowledge Shared => shared;

    /// <inheritdoc/>
    public Macro? Find(string key) => _macros.Find(key);

    /// <inheritdoc/>
    public LookupTable? FindLookup(string name) => shared.FindLookup(name);

    /// <inheritdoc/>
    public LookupDefinition? FindLookupDefinition(string name) => shared.FindLookupDefinition(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> ModelNames => shared.ModelNames;

    /// <inheritdoc/>
    public string? FindSavedSearch(string name) => shared.FindSavedSearch(name);

    /// <inheritdoc/>
    public DataModel? FindModel(string name) => shared.FindModel(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindTags(string field, string value) => shared.FindTags(field, value);

    /// <inheritdoc/>
    public LookupStore? Store => shared.Store;

    /// <inheritdoc/>
    public Engine.Knowledge.Places.PlaceDatabase? Places => shared.Places;

    /// <inheritdoc/>
    public ReaderOptions ReadingFor(EventOrigin origin, ReaderOptions options) => shared.ReadingFor(origin, options);

    /// <inheritdoc/>
    public IngestSettings IngestFor(EventOrigin origin) => shared.IngestFor(origin);

    /// <inheritdoc/>
    public string SearchSourcetype(EventOrigin origin) => shared.SearchSourcetype(origin);

    /// <inheritdoc/>
    public FieldKnowledge FieldsFor(EventOrigin origin, FieldSet wanted) => shared.FieldsFor(origin, wanted);
}
