using System.Text;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class BadInputTests
{
    [Fact]
    public void Bytes_that_are_no_utf8_pass_as_they_are()
    {
        byte[] bytes = [.. "{\"a\":\""u8, 0xFF, 0xC0, 0x80, .. "\"}\n{\"b\":1}\n"u8];
        using var reader = EventInput.Open(new MemoryStream(bytes), "x", ReaderOptions.Default, static _ => { }, TestContext.Current.CancellationToken);
        var block = new RawBlock();
        Assert.True(reader.Read(block));
        Assert.Equal(bytes[..11], block.Buffer.AsSpan(block.Events[0].Offset, block.Events[0].Length).ToArray());
        Assert.Equal(2, block.Events.Count);
    }

    [Fact]
    public void Nul_bytes_pass() => Assert.Equal(["a\0b", "\0\0"], Reading.Of("a\0b\n\0\0\n").Events);

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_one_event_in_bounded_memory()
    {
        const int Length = 100 << 20;
        using var reader = EventInput.Open(new LongLine(Length), "x", ReaderOptions.Default, static _ => { }, TestContext.Current.CancellationToken);
        var block = new RawBlock();
        var lengths = new List<int>();
        while (reader.Read(block)) lengths.AddRange(block.Events.Select(static raw => raw.Length));
        Assert.Equal([6, Length, 5], lengths);
        Assert.True(block.Buffer.Length <= 256 << 20, $"{block.Buffer.Length}");
    }

    [Fact]
    public void The_buffer_of_a_long_line_is_given_up_again()
    {
        using var reader = EventInput.Open(new LongLine(5 << 20, tail: 2_000_000), "x", ReaderOptions.Default, static _ => { }, TestContext.Current.CancellationToken);
        var block = new RawBlock();
        while (reader.Read(block))
        {
        }
        Assert.True(block.Buffer.Length <= 4 << 20, $"{block.Buffer.Length}");
    }

    [Theory]
    [InlineData(EventKind.Lines)]
    [InlineData(EventKind.JsonDocuments)]
    [InlineData(EventKind.Xml)]
    [InlineData(EventKind.Csv)]
    public void An_event_that_is_too_long_is_counted_and_the_rest_is_read(EventKind kind)
    {
        var (open, close, small) = kind switch
        {
            EventKind.JsonDocuments => ("{\"a\":\"", "\"}\n", "{\"b\":1}"),
            EventKind.Xml => ("<Event>", "</Event>\n", "<Event>1</Event>"),
            EventKind.Csv => ("a,b,c\n\"", "\"\n", "1,2,3"),
            _ => ("", "\n", "small"),
        };
        var text = open + new string('x', 100_000) + close + small + "\n" + small + "\n";
        var reading = Reading.Of(text, new ReaderOptions { Kind = kind, BlockBytes = 1000, MaxEventBytes = 10_000 });
        Assert.Equal("event-too-long", Assert.Single(reading.Problems).Kind);
        Assert.Equal([small, small], reading.Events);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void Deep_nesting_costs_no_stack(int depth)
    {
        var deep = "{\"a\":" + new string('[', depth) + new string(']', depth) + "}";
        var reading = Reading.Of(deep + "\n" + deep + "\n", new ReaderOptions { Kind = EventKind.JsonDocuments });
        Assert.Equal([deep, deep], reading.Events);
        Assert.Equal(2, Reading.Of(deep + "\n" + deep + "\n").Events.Count);
        Assert.Single(Reading.Of("{\"_raw\":" + new string('[', depth) + "\n").Events);
    }

    [Fact]
    public void A_repeated_key_gathers_its_values()
    {
        var fields = JsonRow.Parse("{\"a\":1,\"b\":2,\"a\":[3,4]}"u8);
        Assert.NotNull(fields);
        Assert.Equal(["a", "b"], fields.Select(static field => field.Key));
        Assert.Equal("1\n3\n4", fields[0].Value.ToString());
    }

    [Theory]
    [InlineData(@"\ud800", "\ufffd")]
    [InlineData(@"\udc00\ud800", "\ufffd\ufffd")]
    [InlineData(@"\ud83d\ude00", "😀")]
    [InlineData(@"\ud83dx", "\ufffdx")]
    [InlineData(@"a\u00fc\n\/\\\""", "aü\n/\\\"")]
    public void Lone_surrogates_become_the_replacement_character(string escaped, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Unescaped(Encoding.UTF8.GetBytes(escaped), true)));

    [Fact]
    public void A_file_of_one_open_bracket_ends()
    {
        Assert.Single(Reading.Of("{").Events);
        Assert.Single(Reading.Of("[").Events);
        Assert.Empty(Reading.Of("").Events);
        Assert.Empty(Reading.Of(" \r\n\t \n").Events);
    }

    [Fact]
    public void An_array_that_is_not_closed_is_counted()
    {
        var reading = Reading.Of("{\"Records\":[{\"a\":1},{\"a\":");
        Assert.Equal(["{\"a\":1}", "{\"a\":"], reading.Events);
        Assert.Equal("truncated-json", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_broken_element_of_an_array_does_not_swallow_the_next()
    {
        var reading = Reading.Of("[\n  {\n    \"a\": \"x\n  },\n  {\n    \"a\": 2\n  }\n]\n");
        Assert.Contains("{\n    \"a\": 2\n  }", reading.Events);
        Assert.Contains(reading.Problems, static problem => problem.Kind == "broken-json");
    }

    [Fact]
    public void A_log_line_that_begins_with_a_bracket_is_no_json()
    {
        var reading = Reading.Of("[2021-08-11 11:52:27] error\n[2021-08-11 11:52:28] {\"a\":1}\n");
        Assert.Equal(EventKind.Lines, reading.Kind);
        Assert.Equal(2, reading.Events.Count);
    }

    /// <summary>A short line, one of a given length and short ones again, without holding them.</summary>
    sealed class LongLine(int length, int tail = 1) : Stream
    {
        long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => 7 + length + 1 + (tail * 6L);

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, Length - _position);
            if (_position > 7 && _position < 7 + length) count = (int)Math.Min(count, 7 + length - _position);
            var inside = _position > 7 && _position < 7 + length;
            if (inside) buffer.AsSpan(offset, count).Fill((byte)'x');
            else for (var i = 0; i < count; i++) buffer[offset + i] = At(_position + i);
            _position += count;
            return count;
        }

        byte At(long at)
        {
            if (at < 7) return "first.\n"u8[(int)at];
            if (at < 7 + length) return (byte)'x';
            return at == 7 + length ? (byte)'\n' : "last.\n"u8[(int)((at - 8 - length) % 6)];
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
