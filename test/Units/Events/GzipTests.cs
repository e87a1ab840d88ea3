using System.IO.Compression;
using System.Text;
using CsCheck;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>The inflater beside the framework's, over whole and damaged data.</summary>
public sealed class GzipTests
{
    /// <summary>Without name and comment, as the framework writes it.</summary>
    const int Header = 10;

    static readonly byte[] s_header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    static readonly CompressionLevel[] s_levels = [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize];

    /// <summary>Bytes with runs, with repetitions near and far, and with few and many different bytes.</summary>
    static readonly Gen<byte[]> s_texts =
        Gen.Select(Gen.Int[1, 256], Gen.Int[1, 60_000], Gen.Int[0, 40], Gen.ULong).Select(static (letters, length, repeats, seed) =>
        {
            var random = new Random((int)seed);
            var text = new List<byte>(length);
            while (text.Count < length)
            {
                var distance = random.Next(1, 1 + Math.Min(text.Count + 1, random.Next(2) == 0 ? 40 : 40_000));
                if (random.Next(40) < repeats && distance <= text.Count)
                {
                    for (var i = random.Next(3, 400); i > 0; i--) text.Add(text[^distance]);
                }
                else
                {
                    text.Add((byte)random.Next(letters));
                }
            }
            return text.ToArray();
        });

    [Fact]
    public void What_went_in_comes_out_at_each_level_whatever_the_pieces() =>
        Gen.Select(s_texts, Gen.OneOf(s_levels), Gen.Int[1, 100_000], Gen.Int[1, 100_000]).Sample(
            static (text, level, inputBytes, outputBytes) => Assert.Equal(text, Inflate(Gzip(text, level), inputBytes, outputBytes).Bytes),
            threads: 1, iter: 300);

    [Fact]
    public void One_byte_at_a_time_is_enough() =>
        s_texts.Sample(static text => Assert.Equal(text, Inflate(Gzip(text, CompressionLevel.Optimal), 1, 1).Bytes), threads: 1, iter: 20);

    /// <summary>What is damaged is damaged for both, and what came out before is a beginning of the other's or the other way round: each stops where it notices.</summary>
    [Fact]
    public void Damage_is_seen_where_the_framework_sees_it()
    {
        var end = Environment.TickCount64 + (long)(ReaderFuzz.Seconds * 1000);
        do
        {
            Gen.Select(s_texts, Gen.OneOf(s_levels), Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 4], Gen.Int[1, 100_000]).Sample(
                static (text, level, changes, piece) =>
                {
                    var bytes = Gzip(text, level);
                    foreach (var (at, value) in changes) bytes[Header + (int)(at * (bytes.Length - Header - 1))] = value;
                    var own = Inflate(bytes, piece, piece);
                    var other = Drain(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress), piece);
                    if (other.Failure is not null) Assert.NotNull(own.Failure);
                    // The framework takes data that ends early for whole.
                    else if (own.Failure is not null) Assert.Equal("the gzip data ends early", own.Failure);
                    var common = Math.Min(own.Bytes.Length, other.Bytes.Length);
                    Assert.Equal(other.Bytes[..common], own.Bytes[..common]);
                },
                threads: 1, iter: 1000);
        }
        while (Environment.TickCount64 < end);
    }

    /// <summary>Bits that are no deflate data: nothing but an error, or the same bytes.</summary>
    [Fact]
    public void Any_bits_end_as_the_framework_ends_them()
    {
        var end = Environment.TickCount64 + (long)(ReaderFuzz.Seconds * 1000);
        do
        {
            Gen.Byte.Array[1, 300].Sample(
                static data =>
                {
                    // A last block with codes of its own, so that the code of lengths is reached often.
                    data[0] = (byte)(data[0] & 0xF8 | 5);
                    byte[] bytes = [.. s_header, .. data];
                    var own = Inflate(bytes, 100, 100);
                    var other = Drain(new DeflateStream(new MemoryStream(data), CompressionMode.Decompress), 100);
                    Assert.NotNull(own.Failure);
                    var common = Math.Min(own.Bytes.Length, other.Bytes.Length);
                    Assert.Equal(other.Bytes[..common], own.Bytes[..common]);
                    if (other.Failure is null) Assert.Equal(common, other.Bytes.Length);
                },
                threads: 1, iter: 5000);
        }
        while (Environment.TickCount64 < end);
    }

    [Theory]
    [InlineData("03-00", "")]
    [InlineData("4B-04-00", "a")]
    [InlineData("01-01-00-FE-FF-61", "a")]
    [InlineData("01-00-00-FF-FF", "")]
    [InlineData("4B-84-03-00", "aaaaaaaaaa")]
    public void Small_blocks_are_read(string deflate, string text)
    {
        var data = Bytes(deflate);
        Assert.Equal(text, Encoding.ASCII.GetString(Drain(new DeflateStream(new MemoryStream(data), CompressionMode.Decompress), 10).Bytes));
        var own = Inflate([.. s_header, .. data, .. Trailer(text)], 1, 10);
        Assert.Null(own.Failure);
        Assert.Equal(text, Encoding.ASCII.GetString(own.Bytes));
    }

    [Theory]
    [InlineData("07", "a block of a kind that nobody defined")]
    [InlineData("01-01-00-FE-FE-61", "a stored block's length is wrong")]
    [InlineData("01-02-00-FD-FF-61", "the gzip data ends early")]
    [InlineData("4B", "the gzip data ends early")]
    [InlineData("FB-FF-1F-F8", "the gzip data ends early")]
    [InlineData("03-12-00", "a match begins before the data")]
    [InlineData("FD-FF-00", "a block's code has too many symbols")]
    public void What_is_wrong_is_said(string deflate, string message)
    {
        using var source = new GzipSource(new MemoryStream([.. s_header, .. Bytes(deflate)]));
        var failure = Assert.Throws<InvalidDataException>(() => source.CopyTo(Stream.Null));
        Assert.EndsWith(message, failure.Message);
    }

    [Fact]
    public void A_header_may_have_all_its_parts()
    {
        var plain = Gzip("text"u8.ToArray(), CompressionLevel.Optimal);
        byte[] bytes = [0x1F, 0x8B, 8, 0x1E, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, .. "name\0"u8, .. "comment\0"u8, 7, 7, .. plain[Header..]];
        Assert.Equal("text"u8, Inflate(bytes, 3, 10).Bytes);
    }

    [Fact]
    public void A_header_with_unknown_flags_is_refused()
    {
        var bytes = Gzip("text"u8.ToArray(), CompressionLevel.Optimal);
        bytes[3] = 0x20;
        Assert.Equal("the gzip data is damaged: a header with flags that nobody defined", Inflate(bytes, 100, 100).Failure);
    }

    /// <summary>A stream that fails gives first what came before.</summary>
    [Fact]
    public void What_came_before_a_failure_is_given()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"{i * 7919 % 10007} ")));
        var bytes = Gzip(text, CompressionLevel.Optimal);
        using var source = new GzipSource(new Failing(bytes[..(bytes.Length / 2)]));
        using var output = new MemoryStream();
        Assert.Throws<IOException>(() => source.CopyTo(output, 1 << 20));
        Assert.InRange(output.Length, text.Length / 3, text.Length);
        Assert.Equal(text[..(int)output.Length], output.ToArray());
    }

    static byte[] Trailer(string text) =>
        [.. BitConverter.GetBytes(System.IO.Hashing.Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text))), .. BitConverter.GetBytes(text.Length)];

    static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace("-", "", StringComparison.Ordinal));

    static byte[] Gzip(byte[] text, CompressionLevel level)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level)) gzip.Write(text);
        return output.ToArray();
    }

    static (byte[] Bytes, string? Failure) Inflate(byte[] gzip, int inputBytes, int outputBytes) => Drain(new GzipSource(new Trickle(gzip, inputBytes)), outputBytes);

    static (byte[] Bytes, string? Failure) Drain(Stream stream, int bytes)
    {
        using var output = new MemoryStream();
        try
        {
            using (stream) stream.CopyTo(output, bytes);
            return (output.ToArray(), null);
        }
        catch (InvalidDataException failure)
        {
            return (output.ToArray(), failure.Message);
        }
    }

    /// <summary>Gives its bytes, then an error.</summary>
    sealed class Failing(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("the disk gave up");

        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and var read ? read : throw new IOException("the disk gave up");
    }
}
