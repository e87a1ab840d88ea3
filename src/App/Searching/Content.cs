using Karst.Detection;
using Karst.Rules.Escu;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Searching;

/// <summary>What `--app` brings, and the folders that a rule file lies in, over karst's own content.</summary>
static class Content
{
    // A collection may have no macros of its own.
    static readonly string[] s_parts = ["lookups", "data_sources", "detections"];

    /// <summary>The knowledge of folders, the weakest first, over a collection's own; a folder that holds nothing known is a <see cref="UsageException"/>.</summary>
    public static KnowledgeBase Load(IEnumerable<string> folders, KnowledgeProblems problems, string? collection = null, LookupStore? store = null)
    {
        IEnumerable<IContentFolder> own = collection is null ? [] : [new EscuFolder(collection)];
        return new KnowledgeBase(own.Concat(folders.SelectMany(folder => Folders(folder, problems))), problems) { Store = store };
    }

    static string Unpacked(string path)
    {
        try
        {
            return AppArchive.Unpack(path);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException(failure.Message);
        }
    }

    /// <summary>The apps of a path: an app, an archive of one, a folder of apps, or Splunk's own `etc`; none where it is nothing of these.</summary>
    public static IReadOnlyList<AppFolder> Apps(string path, KnowledgeProblems problems)
    {
        if (AppArchive.Is(path)) path = Unpacked(path);
        var apps = AppFolder.Discover(path, problems);
        return apps.Count > 0 ? apps : AppFolder.Discover(Path.Combine(path, "apps"), problems);
    }

    static IReadOnlyList<IContentFolder> Folders(string path, KnowledgeProblems problems)
    {
        if (EscuContent.Is(path)) return [new EscuFolder(path)];
        if (Apps(path, problems) is { Count: > 0 } apps) return apps;
        if (s_parts.Any(part => Directory.Exists(Path.Combine(path, part)))) return [new EscuFolder(path)];
        throw new UsageException($"`--app {path}`: neither an app (default/, local/) nor a rule collection (macros/, lookups/, detections/) is there");
    }
}
