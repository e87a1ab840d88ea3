using Karst.Catalog.Model;
using Karst.Catalog.Writing;

namespace Karst.Units.Catalog;

/// <summary>A build over an earlier one.</summary>
public sealed class CatalogWriterTests : IDisposable
{
    static readonly DateTime s_before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    readonly RuleFiles _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public void Files_that_did_not_change_keep_their_time_and_the_others_are_replaced_as_a_whole()
    {
        Write(("same.json", "abc"), ("longer.json", "a"), ("shorter.json", new string('x', 100_000)), ("as-long.json", "abc"), ("left.json", "old"));
        foreach (var file in Directory.GetFiles(_site.Folder)) File.SetLastWriteTimeUtc(file, s_before);
        Write(("same.json", "abc"), ("longer.json", "ab"), ("shorter.json", "y"), ("as-long.json", "abd"), ("new.json", new string('z', 100_000)));
        Assert.Equal(["left.json", "same.json"], Directory.GetFiles(_site.Folder).Where(file => File.GetLastWriteTimeUtc(file) == s_before).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["abd", "old", "ab", new string('z', 100_000), "abc", "y"], Directory.GetFiles(_site.Folder).Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_the_failure_of_the_build()
    {
        Directory.CreateDirectory(Path.Combine(_site.Folder, "one.json"));
        var failure = Record.Exception(() => Write(("one.json", "a"), ("two.json", "b")));
        Assert.True(failure is IOException or UnauthorizedAccessException, $"{failure}");
        Assert.Contains("one.json", failure.Message, StringComparison.Ordinal);
    }

    void Write(params (string Path, string Text)[] files) => CatalogWriter.Write(_site.Build(), _site.Folder, [new Texts(files)], TestContext.Current.CancellationToken);

    sealed class Texts((string Path, string Text)[] files) : IPageRenderer
    {
        public IEnumerable<CatalogFile> Files(CatalogModel model) =>
            files.Select(file => new CatalogFile(file.Path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(file.Text))));
    }
}
