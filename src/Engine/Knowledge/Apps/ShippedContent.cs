namespace Karst.Engine.Knowledge.Apps;

/// <summary>Finds Karst's own content, which is copied beside the executable as `content/`.</summary>
public static class ShippedContent
{
    /// <summary>The folder `content` beside the executable; it may be missing.</summary>
    public static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "content");

    /// <summary>Our own apps, by name; none when the folder is missing.</summary>
    public static IReadOnlyList<AppFolder> Apps(KnowledgeProblems problems) =>
        AppFolder.Discover(System.IO.Path.Combine(Folder, "apps"), problems);
}
