namespace Karst.Units;

/// <summary>Finds the repository and, beside it, the third-party test data, which does not travel with the project.</summary>
static class SharedData
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The `shared` folder beside the repository, or null.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Why a test that needs it was skipped.</summary>
    public const string Reason = "../shared is not beside the project";

    static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Karst.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Karst.slnx stands in no folder above the tests");
    }

    static string? Find()
    {
        var shared = Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(Path.Combine(shared, "corpora")) ? shared : null;
    }
}
