using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Searching;

/// <summary>What `--app` brings, and the folders that a rule file lies in, over karst's own content.</summary>
static class Content
{
    /// <summary>The knowledge of folders, the weakest first; a folder that holds nothing known is a <see cref="UsageException"/>.</summary>
    public static KnowledgeBase Load(IEnumerable<string> folders, KnowledgeProblems problems) =>
        new(folders.SelectMany(folder => Folders(folder, problems)), problems);

    static IReadOnlyList<IContentFolder> Folders(string path, KnowledgeProblems problems)
    {
        var apps = AppFolder.Discover(path, problems);
        if (apps.Count > 0) return apps;
        throw new UsageException($"`--app {path}`: neither an app (default/, local/) nor a rule collection (macros/, lookups/) is there");
    }
}
