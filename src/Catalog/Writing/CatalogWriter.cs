using System.Runtime.ExceptionServices;
using Karst.Catalog.Model;

namespace Karst.Catalog.Writing;

/// <summary>Writes a catalogue's files into a folder, in parallel.</summary>
public static class CatalogWriter
{
    /// <summary>
    /// Writes what the renderers make; returns the number of files. Files of an earlier build are replaced where they differ and keep their time where not; others stay. No path leaves the folder: one that would is a
    /// fault of a renderer, and throws.
    /// </summary>
    public static int Write(CatalogModel model, string folder, IReadOnlyList<IPageRenderer> renderers, CancellationToken cancellation = default)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var files = renderers.SelectMany(renderer => renderer.Files(model)).ToList();
        foreach (var directory in files.Select(file => Path.GetDirectoryName(Within(root, file.Path))!).Distinct(StringComparer.Ordinal)) Directory.CreateDirectory(directory);
        try
        {
            Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancellation }, static () => new FileReplacer(), (file, _, replacer) =>
            {
                replacer.Write(Within(root, file.Path), file.Write);
                return replacer;
            }, static replacer => replacer.Dispose());
        }
        catch (AggregateException failures)
        {
            // A full disk or a folder in the way meets several threads; one of them says it.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
        return files.Count;
    }

    static string Within(string root, string path)
    {
        var full = Path.GetFullPath(Path.Combine(root, path));
        return full.StartsWith(root, StringComparison.Ordinal) ? full : throw new InvalidOperationException($"`{path}` leaves the folder of the catalogue");
    }
}
