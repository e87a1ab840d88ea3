using Karst.Catalog.Html;
using Karst.Catalog.Writing;

namespace Karst.App.Cataloguing;

/// <summary>What a catalogue is written as: each renderer makes its own files of the same model.</summary>
static class CatalogPages
{
    /// <summary>The renderers.</summary>
    public static IReadOnlyList<IPageRenderer> Renderers { get; } = [new HtmlRenderer(), new JsonRenderer()];
}
