using System.Diagnostics;
using System.IO.Compression;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class InputTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-input-").FullName;
    readonly List<InputProblem> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_is_walked_in_ordinal_order()
    {
        Put("b/2.log");
        Put("b/10.log");
        Put("a.log");
        Put("B.log");
        Assert.Equal(["B.log", "a.log", "b/10.log", "b/2.log"], Walk());
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_path_that_is_not_there_is_a_problem_and_the_rest_goes_on()
    {
        var there = Put("a.log");
        var files = EventInput.Expand([Path.Combine(_folder, "gone"), there], _problems.Add).ToList();
        Assert.Equal(there, Assert.Single(files).Path);
        Assert.Equal("not-found", Assert.Single(_problems).Kind);
    }

    [Fact]
    public void A_file_that_vanishes_before_it_is_opened_is_a_problem()
    {
        var path = Put("a.log");
        var file = Assert.Single(EventInput.Expand([path], _problems.Add));
        File.Delete(path);
        var reading = Reading.Of(file);
        Assert.Empty(reading.Events);
        Assert.Equal("not-found", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_a_problem()
    {
        var reading = Reading.Of(new InputFile(_folder, "x"));
        Assert.Empty(reading.Events);
        Assert.Equal("unreadable", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_file_without_permission_is_a_problem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may read everything");
        var path = Put("a.log");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal("unreadable", Assert.Single(Reading.Of(new InputFile(path, "x")).Problems).Kind);
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Put("a/1.log");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "up"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "self"), Path.Combine(_folder, "self"));
        File.CreateSymbolicLink(Path.Combine(_folder, "void"), Path.Combine(_folder, "nothing"));
        Assert.Equal(["a/1.log"], Walk());
        Assert.Equal(["link-loop", "not-found", "not-found"], _problems.Select(static problem => problem.Kind).Order());
    }

    [Fact]
    public void A_pipe_within_a_folder_is_skipped_and_counted()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "made with mkfifo");
        Put("a.log");
        using (var make = Process.Start("mkfifo", [Path.Combine(_folder, "pipe")])) make.WaitForExit();
        Assert.Equal(["a.log"], Walk());
        Assert.Equal("special-file", Assert.Single(_problems).Kind);
    }

    [Fact]
    public void Each_entry_of_a_zip_is_an_input()
    {
        var path = Path.Combine(_folder, "logs.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, "b.json", "{\"b\":1}\n"u8.ToArray());
            Add(archive, "a/a.json.gz", CompressionTests.Gzip("{\"a\":1}\n"));
            Add(archive, "../../escape.log", "outside\n"u8.ToArray());
        }
        var files = EventInput.Expand([path], _problems.Add).ToList();
        Assert.Equal([path + ":../../escape.log", path + ":a/a.json.gz", path + ":b.json"], files.Select(static file => file.Display));
        Assert.Equal(["outside", "{\"a\":1}", "{\"b\":1}"], files.SelectMany(static file => Reading.Of(file).Events));
    }

    [Fact]
    public void A_zip_that_is_cut_is_a_problem()
    {
        var path = Path.Combine(_folder, "logs.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create)) Add(archive, "b.json", "{\"b\":1}\n"u8.ToArray());
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Assert.Empty(EventInput.Expand([path], _problems.Add));
        Assert.Equal("bad-zip", Assert.Single(_problems).Kind);
    }

    [Fact]
    public void A_zip_bomb_ends_at_its_limit()
    {
        var path = Path.Combine(_folder, "bomb.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create)) Add(archive, "b.log", new byte[20_000_000]);
        var file = Assert.Single(EventInput.Expand([path], _problems.Add));
        var reading = Reading.Of(file, ReaderOptions.Default with { FreeExpansionBytes = 1 << 20, MaxExpansion = 100 });
        Assert.Equal("expansion-limit", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_cancelled_read_ends()
    {
        using var cancel = new CancellationTokenSource();
        var bytes = CompressionTests.Gzip(string.Concat(Enumerable.Repeat("{\"a\":1}\n", 100_000)));
        using var reader = EventInput.Open(new MemoryStream(bytes), "x", ReaderOptions.Default with { BlockBytes = 1000 }, _problems.Add, cancel.Token);
        var block = new RawBlock();
        Assert.True(reader.Read(block));
        cancel.Cancel();
        Assert.False(reader.Read(block));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_block_that_is_kept_is_not_written_over()
    {
        using var reader = EventInput.Open(
            new MemoryStream("one\ntwo\nthree\nfour\n"u8.ToArray()), "x", ReaderOptions.Default with { BlockBytes = 8 }, _problems.Add, TestContext.Current.CancellationToken);
        var block = new RawBlock();
        Assert.True(reader.Read(block));
        var kept = block.Buffer;
        var copy = kept.ToArray();
        block.Keep = true;
        Assert.True(reader.Read(block));
        Assert.NotSame(kept, block.Buffer);
        Assert.Equal(copy, kept);
        Assert.False(block.Keep);
    }

    static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(bytes);
    }

    string Put(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x\n");
        return path;
    }

    string[] Walk() =>
        [.. EventInput.Expand([_folder], _problems.Add).Select(file => Path.GetRelativePath(_folder, file.Path).Replace('\\', '/'))];
}
