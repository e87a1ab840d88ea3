using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>A file of the catalogue: its path beneath the root, with `/`, and what writes its bytes. Writing may happen on any thread, and twice.</summary>
public sealed record CatalogFile(string Path, Action<Stream> Write);

/// <summary>
/// Makes files of the model: the JSON twins are one renderer, HTML pages another. A renderer says which files there are, and each writes itself when it is asked for: all of them in parallel by
/// <see cref="CatalogWriter"/>, one alone by a server.
/// </summary>
public interface IPageRenderer
{
    /// <summary>All files that this renderer makes of a model, in any order, each path once.</summary>
    IEnumerable<CatalogFile> Files(CatalogModel model);
}
