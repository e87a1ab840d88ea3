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
    public void Links_and_devices_are_passed_over()
    {
        var secret = Path.Combine(_folder, "secret.csv");
        File.WriteAllText(secret, "order,name\n7,secret\n");
        var archive = Write("links.tgz", tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "TA/lookups/names.csv") { LinkName = secret });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "TA/local") { LinkName = _folder });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "TA/lookups/hard.csv") { LinkName = "../../../etc/hostname" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "TA/lookups/pipe.csv"));
            tar.WriteEntry(Entry("TA/default/props.conf", "[shop]\nEXTRACT-a = id=(?<order>\\d+)\nLOOKUP-a = names order OUTPUT name\n"));
            tar.WriteEntry(Entry("TA/default/transforms.conf", "[names]\nfilename = names.csv\n"));
            // Behind a link of that name this would be a file beside the archive.
            tar.WriteEntry(Entry("TA/local/props.conf", "[shop]\nEVAL-name = \"pen\"\n"));
        });
        Assert.Equal("{\"order\":\"7\",\"name\":\"pen\"}", Search(archive).Output.Trim());
        Assert.False(File.Exists(Path.Combine(_folder, "props.conf")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_archive_that_would_fill_the_disk_is_refused(bool byNumber)
    {
        var archive = byNumber
            ? Write("many.tgz", tar =>
            {
                for (var i = 0; i <= 20_000; i++) tar.WriteEntry(Entry($"TA/lookups/{i}.csv", "a\n"));
            })
            : Write("bomb.tgz", tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "TA/lookups/bomb.csv") { DataStream = new Zeros(600L << 20) }));
        var (code, _, errors) = Search(archive);
        Assert.NotEqual(0, code);
        Assert.Contains("more than 20000 files or 512 MB", errors, StringComparison.Ordinal);
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

    string Archive(string name, params (string Name, string Text)[] files) => Write(name, tar =>
    {
        foreach (var (entry, text) in files) tar.WriteEntry(Entry(entry, text));
    });

    string Write(string name, Action<TarWriter> entries)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        using var bytes = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(bytes);
        entries(archive);
        return path;
    }

    static PaxTarEntry Entry(string name, string text) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    /// <summary>So many bytes of 0.</summary>
    sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, count);
            Position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
