namespace Karst.Units;

/// <summary>What must not be in the repository.</summary>
public sealed class CleanTests
{
    static readonly string[] s_text = [".cs", ".md", ".csproj", ".props", ".slnx", ".json", ".yml", ".yaml", ".conf", ".csv", ".sh", ".cmd", ""];

    [Fact]
    public void No_file_holds_a_path_of_the_machine()
    {
        // A checkout right beneath the root has a path that is an everyday word.
        if (SharedData.Repository.Count(letter => letter is '/' or '\\') < 2) Assert.Skip("the checkout's path is too short to be told from other words");
        var machine = SharedData.Repository + Path.DirectorySeparatorChar;
        Assert.Empty(Files().Where(file => File.ReadAllText(file).Contains(machine, StringComparison.Ordinal)).ToArray());
    }

    static IEnumerable<string> Files()
    {
        var waiting = new Stack<string>([SharedData.Repository]);
        while (waiting.TryPop(out var folder))
        {
            foreach (var child in Directory.EnumerateDirectories(folder))
                if (Path.GetFileName(child) is not ("bin" or "obj" or ".git" or ".karst" or "node_modules" or "TestResults" or "data")) waiting.Push(child);
            foreach (var file in Directory.EnumerateFiles(folder))
                if (s_text.Contains(Path.GetExtension(file)) && new FileInfo(file).Length < 4 << 20 && Path.GetFileName(file) != ".git") yield return file;
        }
    }
}
