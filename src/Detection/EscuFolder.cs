using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules.Escu;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>A rule collection's macros and lookups as the engine's knowledge takes them.</summary>
public sealed class EscuFolder(string path) : IContentFolder
{
    readonly EscuContent _content = new(path);

    /// <inheritdoc/>
    public string Path => _content.Path;

    /// <inheritdoc/>
    public Macro? FindMacro(string key) => _content.FindMacro(key);

    /// <inheritdoc/>
    public LookupDefinition? FindLookup(string name)
    {
        if (_content.FindLookup(name) is not { } lookup)
            return _content.FindLookupFile(name) is { } file ? new LookupDefinition(name) { FileName = name, FilePath = file } : null;
        var types = LookupDefinition.ParseMatchTypes(string.Join(',', lookup.MatchTypes), out var unknown);
        var plain = new LookupDefinition(name);
        return plain with
        {
            FileName = lookup.FileName,
            FilePath = lookup.FilePath,
            Collection = lookup.Collection,
            Unsupported = unknown is not null ? $"the match type `{unknown}` is not known" : lookup.LookupType == "mlmodel" ? "it is a model of the machine learning toolkit" : null,
            CaseSensitive = lookup.CaseSensitiveMatch ?? plain.CaseSensitive,
            MatchTypes = types,
            MinMatches = lookup.MinMatches ?? plain.MinMatches,
            MaxMatches = lookup.MaxMatches ?? plain.MaxMatches,
            DefaultMatch = lookup.DefaultMatch ?? plain.DefaultMatch,
            Fields = lookup.Fields,
        };
    }

    /// <inheritdoc/>
    public string? FindLookupFile(string fileName) => _content.FindLookupFile(fileName);
}
