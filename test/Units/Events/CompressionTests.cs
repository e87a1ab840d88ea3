using System.IO.Compression;
using System.Text;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class CompressionTests
{
    static readonly string s_lines = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"{{\"n\":{i},\"text\":\"{i * 7919 % 10007}\"}}\n"));

    [Fact]
    public void Gzip_is_recognised_by_content() => Assert.Equal(20_000, Reading.Of(Gzip(s_lines)).Events.Count);

    [Fact]
    public void All_members_of_a_gzip_file_are_read() =>
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], Reading.Of([.. Gzip("{\"a\":1}\n"), .. Gzip("{\"a\":2}\n")]).Events);

    [Fact]
    public void Zstd_is_recognised_by_content() => Assert.Equal(20_000, Reading.Of(Zstd(s_lines)).Events.Count);

    [Fact]
    public void Zstd_within_gzip_is_read() => Assert.Equal(20_000, Reading.Of(Gzip(Zstd(s_lines))).Events.Count);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void A_gzip_that_ends_early_gives_what_could_be_read_and_a_problem(double part)
    {
        var bytes = Gzip(s_lines);
        var reading = Reading.Of(bytes[..(int)(bytes.Length * part)]);
        Assert.InRange(reading.Events.Count, 1, 20_000);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("bad-gzip", problem.Kind);
        Assert.True(problem.Fatal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_gzip_whose_trailer_is_cut_is_a_problem(int missing)
    {
        var reading = Reading.Of(Gzip("{\"a\":1}\n")[..^missing]);
        Assert.Equal(["{\"a\":1}"], reading.Events);
        Assert.Equal("bad-gzip", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_gzip_with_a_wrong_checksum_is_a_problem()
    {
        var bytes = Gzip(s_lines);
        bytes[^6] ^= 0xFF;
        Assert.Equal("bad-gzip", Assert.Single(Reading.Of(bytes).Problems).Kind);
    }

    [Fact]
    public void A_gzip_that_is_none_is_a_problem()
    {
        var reading = Reading.Of([0x1F, 0x8B, .. Encoding.UTF8.GetBytes("this is no gzip at all, only its first two bytes are")]);
        Assert.Empty(reading.Events);
        Assert.Equal("bad-gzip", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_gzip_header_alone_is_a_problem() => Assert.Equal("bad-gzip", Assert.Single(Reading.Of(Gzip("x")[..10]).Problems).Kind);

    [Fact]
    public void Bytes_after_a_whole_gzip_are_a_problem()
    {
        var reading = Reading.Of([.. Gzip("{\"a\":1}\n"), .. "rubbish"u8]);
        Assert.Equal(["{\"a\":1}"], reading.Events);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("bad-gzip", problem.Kind);
        Assert.Equal("bytes follow the end of the gzip data; what came before it was used", problem.Message);
    }

    [Fact]
    public void Zeros_after_a_whole_gzip_are_padding()
    {
        var reading = Reading.Of([.. Gzip("{\"a\":1}\n"), .. new byte[512]]);
        Assert.Equal(["{\"a\":1}"], reading.Events);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void A_zstd_that_ends_early_gives_a_problem()
    {
        var bytes = Zstd(s_lines);
        Assert.Equal("bad-zstd", Assert.Single(Reading.Of(bytes[..(bytes.Length / 2)]).Problems).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bomb_ends_at_its_limit_with_a_problem(bool zstd)
    {
        var text = new string('a', 50_000_000) + "\n";
        var options = ReaderOptions.Default with { FreeExpansionBytes = 1 << 20, MaxExpansion = 100 };
        var reading = Reading.Of(zstd ? Zstd(text) : Gzip(text), options);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("expansion-limit", problem.Kind);
        Assert.True(problem.Fatal);
        Assert.True(reading.Events.Sum(static line => line.Length) < 10_000_000);
    }

    [Fact]
    public void Compression_over_and_over_is_refused()
    {
        var bytes = Gzip("x");
        for (var i = 0; i < 5; i++) bytes = Gzip(bytes);
        Assert.Equal("unsupported-compression", Assert.Single(Reading.Of(bytes).Problems).Kind);
    }

    [Theory]
    [InlineData("BZh91AY&SY....", "unsupported-compression")]
    [InlineData("PAR1....", "unsupported-format")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git-lfs-pointer")]
    public void What_cannot_be_read_is_refused_by_name(string head, string kind)
    {
        var reading = Reading.Of(head);
        Assert.Empty(reading.Events);
        Assert.Equal(kind, Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void Byte_order_marks_are_no_content()
    {
        Assert.Equal(["{\"a\":\"ü\"}"], Reading.Of([.. Encoding.UTF8.Preamble, .. "{\"a\":\"ü\"}\n"u8]).Events);
        Assert.Equal(["{\"a\":\"ü\"}"], Reading.Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\":\"ü\"}\r\n")]).Events);
        Assert.Equal(["{\"a\":\"ü\"}"], Reading.Of([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("{\"a\":\"ü\"}\r\n")]).Events);
    }

    internal static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    internal static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    internal static byte[] Zstd(string text)
    {
        using var compressor = new ZstdSharp.Compressor(3);
        return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }
}
