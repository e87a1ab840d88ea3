using System.Globalization;
using System.Text;
using CsCheck;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>Whatever the bytes, readers end without an exception, and the size of blocks does not change the events. KARST_FUZZ_SECONDS sets how long.</summary>
public sealed class ReaderFuzz
{
    static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", "\"", "\\", "\\u", "d800", ":", ",", "\n", "\r\n", " ", "\t", "{\n  ", "\n{", "a", "1", "null", "\0", "ü", "{\"a\":1}", "{\"a\":[1,{\"b\":\"}\"}]}\n",
        "{\"Records\":[", "\"Records\"", "[{", "{\"result\":{\"_raw\":\"x\\ny\"}}\n", "{\"_raw\":\"\\ud800\"}\n", "_raw,a,b\n", "\"x,y\"", "\"\"", "a,b,c\n1,2,3\n", "<Event>",
        "<Event ", "</Event>", "<Events>", "<?xml version='1.0'?>", "</Events>", "<EventID>", "\n<Event x='1'>", "]}", "\u001e",
    ];

    static readonly Gen<byte[]> s_bytes = Gen.Frequency(
        (6, Gen.OneOf(s_pieces).Array[0, 60].Select(static pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))),
        (1, Gen.Byte.Array[0, 300]),
        (1, Gen.Byte.Array[0, 100].Select(static bytes => CompressionTests.Gzip(bytes))),
        (1, Gen.Select(Gen.Byte.Array[1, 100], Gen.Int[0, 200], Gen.Byte).Select(static (bytes, at, value) => Damaged(CompressionTests.Gzip(bytes), at, value))));

    internal static double Seconds =>
        double.TryParse(Environment.GetEnvironmentVariable("KARST_FUZZ_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 2;

    [Fact]
    public void The_size_of_blocks_does_not_change_the_events()
    {
        var end = Environment.TickCount64 + (long)(Seconds * 1000);
        var kinds = Enum.GetValues<EventKind>();
        do
        {
            Gen.Select(s_bytes, Gen.Int[1, 64], Gen.OneOf(kinds)).Sample(
                static (bytes, size, kind) =>
                {
                    var whole = Reading.Of(bytes, new ReaderOptions { Kind = kind });
                    var pieces = Reading.Of(new Trickle(bytes, size), new ReaderOptions { Kind = kind, BlockBytes = size });
                    Assert.Equal(whole.Kind, pieces.Kind);
                    Assert.Equal(whole.Events, pieces.Events);
                    Assert.Equal(whole.Problems.Select(static problem => problem.Kind).Order(), pieces.Problems.Select(static problem => problem.Kind).Order());
                },
                iter: 2000,
                threads: 1);
        }
        while (Environment.TickCount64 < end);
    }

    [Fact]
    public void Lines_are_all_there_whatever_the_bytes() =>
        Gen.Byte.Array[0, 500].Sample(static random =>
        {
            // No byte order mark and no compression shall be recognised.
            byte[] bytes = [.. "x\n"u8, .. random];
            var lines = new List<string>();
            foreach (var range in Split(bytes))
            {
                var line = bytes.AsSpan(range).TrimEnd((byte)'\r');
                if (line.Length + 1 < range.End.Value - range.Start.Value) line = bytes.AsSpan(range)[..^1];
                if (line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') >= 0) lines.Add(Encoding.UTF8.GetString(line));
            }
            Assert.Equal(lines, Reading.Of(bytes, new ReaderOptions { Kind = EventKind.Lines, BlockBytes = 16 }).Events);
        }, threads: 1, iter: 500);

    [Fact]
    public void Gzip_gives_back_what_went_in() =>
        Gen.Select(Gen.Byte.Array[0, 5000], Gen.Byte.Array[0, 5000], Gen.Int[1, 2000]).Sample(
            static (first, second, size) =>
            {
                using var source = new GzipSource(new Trickle([.. CompressionTests.Gzip(first), .. CompressionTests.Gzip(second)], size));
                using var output = new MemoryStream();
                source.CopyTo(output, size);
                Assert.Equal([.. first, .. second], output.ToArray());
            },
            threads: 1, iter: 300);

    [Fact]
    public void Timestamps_are_sought_in_any_bytes() =>
        Gen.Select(Gen.Char["0123456789:-/ TZ.,+JanAugFebpm"].Array[0, 60], Gen.Double).Sample(
            static (text, reference) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                EventTime.TryRecognise(bytes, reference, TimeZoneInfo.Utc, out var recognised);
                EventTime.TryParseIso(bytes, TimeZoneInfo.Utc, out var iso);
                Assert.False(double.IsNaN(recognised) || double.IsNaN(iso));
            },
            threads: 1, iter: 5000);

    static byte[] Damaged(byte[] bytes, int at, byte value)
    {
        bytes[at % bytes.Length] = value;
        return bytes[..^(at % 5)];
    }

    static IEnumerable<Range> Split(byte[] bytes)
    {
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n') continue;
            yield return start..i;
            start = i + 1;
        }
        yield return start..bytes.Length;
    }
}
