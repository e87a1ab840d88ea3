using Karst.Catalog.Html.Writing;

namespace Karst.Catalog.Html.Code;

/// <summary>Macros that unfold where they stand, by key; those within their definitions unfold too, but never within themselves.</summary>
sealed class MacroFolds
{
    // Deeper than anyone reads; keeps a page small where macros call macros.
    const int MaxDepth = 4;

    // Definitions longer than this stand on the macro's own page.
    const int MaxLength = 4_000;

    // Macros that call many others, four deep, would be a page of their own.
    const int MaxText = 20_000;

    readonly IReadOnlyDictionary<string, string> _definitions;
    readonly List<string> _path = [];
    int _written;

    /// <summary>Takes the definitions by key.</summary>
    public MacroFolds(IReadOnlyDictionary<string, string> definitions) => _definitions = definitions;

    /// <summary>No macro unfolds.</summary>
    public static MacroFolds None => new(new Dictionary<string, string>());

    /// <summary>Writes a macro that unfolds; false where it cannot, and nothing was written.</summary>
    public bool Begin(HtmlWriter html, string key, string written)
    {
        if (!_definitions.TryGetValue(key, out var definition) || definition.Length > MaxLength || _path.Count >= MaxDepth || _path.Contains(key) || (_written += definition.Length) > MaxText) return false;
        using var details = html.Element(Tag.Details, Attr.Class("macro"));
        html.Element(Tag.Summary, written, Attr.Title("Show what the macro stands for"));
        using var expansion = html.Element(Tag.Span, Attr.Class("expansion"));
        _path.Add(key);
        CodeBlock.WriteInline(html, definition.Trim(), this);
        _path.RemoveAt(_path.Count - 1);
        return true;
    }
}
