using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Karst.Units.App;

/// <summary>Apps as they are downloaded.</summary>
public sealed class AppArchiveTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("shop.spl")]
    [InlineData("shop.tar.gz")]
    public void An_archive_is_an_app(string name)
    {
        var archive = Archive(name, ("TA-shop/default/props.conf", "[shop]\nEXTRACT-a = id=(?<order>\\d+)\nLOOKUP-a = names order OUTPUT name\n"),
            ("TA-shop/default/transforms.conf", "[names]\nfilename = names.csv\n"), ("TA-shop/lookups/names.csv", "order,name\n7,pen\n"));
        Assert.Equal("{\"order\":\"7\",\"name\":\"pen\"}", Search(archive).Output.Trim());
    }

    [Fact]
    public void Names_that_leave_the_folder_are_passed_over()
    {
        var outside = Path.Combine(Path.GetDirectoryName(_folder)!, Path.GetFileName(_folder) + "-outside.conf");
        var archive = Archive("bad.tgz", ("TA-shop/default/../../../" + Path.GetFileName(outside), "x"), ("/TA/default/props.conf", "[shop]\nEVAL-order = 1\n"), ("TA-shop/default/props.conf", "[shop]\nEVAL-name = \"pen\"\n"));
        Assert.Equal(0, Search(archive).Code);
        Assert.False(File.Exists(outside));
    }

    [Fact]
    public void A_damaged_archive_is_named()
    {
        var path = Path.Combine(_folder, "cut.spl");
        File.WriteAllBytes(path, File.ReadAllBytes(Archive("whole.spl", ("TA/default/props.conf", "[shop]\n")))[..60]);
        var (code, _, errors) = Search(path);
        Assert.NotEqual(0, code);
        Assert.Contains("no archive of an app, or damaged", errors, StringComparison.Ordinal);
    }

    (int Code, string Output, string Errors) Search(string app)
    {
        var log = Path.Combine(_folder, "log.txt");
        File.WriteAllText(log, "id=7\n");
        return Cli.Run("search", "* | table order name", log, "--sourcetype", "shop", "--app", app, "--format", "jsonl");
    }

    string Archive(string name, params (string Name, string Text)[] files)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        using var bytes = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(bytes);
        foreach (var (entry, text) in files)
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return path;
    }
}
