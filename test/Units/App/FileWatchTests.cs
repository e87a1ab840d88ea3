using System.Collections.Concurrent;
using Karst.App.Watching;

namespace Karst.Units.App;

public sealed class FileWatchTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-watch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Changes_of_one_moment_come_together_by_their_paths()
    {
        var (first, second) = (Path.Combine(_folder, "a.yml"), Path.Combine(_folder, "below", "b.yml"));
        Directory.CreateDirectory(Path.GetDirectoryName(second)!);
        File.WriteAllText(first, "a");
        using var told = new BlockingCollection<IReadOnlySet<string>>();
        using var watch = new FileWatch([_folder], told.Add);
        File.WriteAllText(first, "b");
        File.WriteAllText(second, "b");
        // However slowly the system tells: all of it comes, and nothing else.
        var all = new HashSet<string>();
        while (!all.IsSupersetOf([first, second]) && told.TryTake(out var changed, TimeSpan.FromSeconds(30))) all.UnionWith(changed);
        Assert.Equal(new HashSet<string> { first, second }, all);
    }

    [Fact]
    public void A_path_that_is_not_there_cannot_be_watched() => Assert.ThrowsAny<Exception>(() => new FileWatch([Path.Combine(_folder, "none", "a.yml")], _ => { }));
}
