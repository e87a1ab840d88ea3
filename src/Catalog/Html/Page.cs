using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html;

/// <summary>A page before it is written: where it lies, what it is called, and what its body writes.</summary>
sealed record Page(string Address, string Title, Action<HtmlWriter> Body)
{
    /// <summary>The pages above it, the highest first.</summary>
    public IReadOnlyList<PageLink> Above { get; init; } = [];

    /// <summary>The address of the JSON with the same content; null for pages that only list others.</summary>
    public string? Json { get; init; }

    /// <summary>The page needs the whole width.</summary>
    public bool IsWide { get; init; }

    /// <summary>The search field stands in the page itself.</summary>
    public bool HasOwnSearch { get; init; }
}
