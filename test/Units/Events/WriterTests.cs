using System.Text;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class WriterTests
{
    static readonly Value s_two = Value.FromMany(Value.FromText("x"), Value.FromText("y \"z\""));

    [Fact]
    public void Json_lines_hold_strings_arrays_and_no_absent_fields() =>
        Assert.Equal(
            """
            {"_time":"2021-08-11T11:52:27.000+00:00","user":"ann","n":"3","both":["x","y \"z\""]}
            {"_time":"2021-08-11T11:52:27.500+00:00","n":"0.5"}
            {}

            """,
            Write("jsonl", Rows()));

    [Fact]
    public void Json_is_one_array() =>
        Assert.Equal("[\n{\"a\":\"1\"},\n{\"a\":\"2\"}\n]\n", Write("json", Of("a", Value.FromNumber(1)), Of("a", Value.FromNumber(2))));

    [Fact]
    public void Json_without_rows_is_an_empty_array() => Assert.Equal("[]\n", Write("json"));

    [Fact]
    public void Csv_has_the_columns_of_all_batches() =>
        Assert.Equal("a,b\n1,\n,\"x\ny \"\"z\"\"\"\n", Write("csv", Of("a", Value.FromNumber(1)), Of("b", s_two)));

    [Fact]
    public void Csv_with_known_columns_is_written_as_rows_come() =>
        Assert.Equal("b,c\n,\n\"x\ny \"\"z\"\"\",\n", Write("csv", new WriterOptions { Columns = ["b", "c"] }, Of("a", Value.FromNumber(1)), Of("b", s_two)));

    [Fact]
    public void Csv_holds_no_more_than_its_limit() =>
        Assert.Throws<OutputLimitException>(() => Write("csv", new WriterOptions { MaxHeldBytes = 100 }, Of("a", Value.FromText(new string('x', 200)))));

    [Fact]
    public void A_table_is_aligned() =>
        Assert.Equal(
            """
            _time                    user    n  both
            -----------------------  ----  ---  -----
            2021-08-11 11:52:27      ann     3  x
                                                y "z"
            2021-08-11 11:52:27.500        0.5


            """,
            Write("table", Rows()));

    [Fact]
    public void A_table_is_cut_to_the_width_of_the_terminal()
    {
        var text = Write("table", new WriterOptions { Width = 40 }, Two("short", "abc", "long", new string('x', 100)));
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length <= 40, line));
        Assert.Contains("x…", text, StringComparison.Ordinal);
        Assert.Contains("abc", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_for_which_a_terminal_has_no_room_are_named()
    {
        var row = new Batch(1, [.. Enumerable.Range(0, 20).Select(static i => new Column($"field{i:D2}", [Value.FromText("some value")]))]);
        var text = Write("table", new WriterOptions { Width = 40 }, row);
        Assert.Contains("more columns: ", text, StringComparison.Ordinal);
        Assert.Contains("field19", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b[31mred", "\\x1b[31mred")]
    [InlineData("a\nb\r\tc\0", "a\\nb\\r\\tc\\x00")]
    [InlineData("a\u009bb\u202ec", "a\\x9bb\\u202ec")]
    [InlineData("日本", "日本")]
    public void A_log_line_cannot_speak_to_the_terminal(string text, string shown)
    {
        Assert.Equal(shown, SafeText.Of(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(shown, Write("table", Of("a", Value.FromText(text))), StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_text_is_written_byte_for_byte() => Assert.Equal("a\u001b[0m\n{\"b\":\"1\"}\n", Write("raw", Of("_raw", Value.FromText("a\u001b[0m")), Of("b", Value.FromNumber(1))));

    [Fact]
    public void Raw_text_on_a_terminal_is_safe() =>
        Assert.Equal("a\\x1b[0m\n", Write("raw", new WriterOptions { Width = 80 }, Of("_raw", Value.FromText("a\u001b[0m"))));

    [Theory]
    [InlineData("jsonl")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("table")]
    public void Bytes_that_are_no_utf8_become_the_replacement_character(string format) =>
        Assert.Contains("a\ufffdb", Write(format, Of("f", Value.FromUtf8([(byte)'a', 0xFF, (byte)'b']))), StringComparison.Ordinal);

    [Fact]
    public void Control_characters_are_escaped_in_json() =>
        Assert.Equal("{\"\\\"k\\\"\":\"\\u0000\\u001b\\n\\\\ü\"}\n", Write("jsonl", Of("\"k\"", Value.FromText("\0\u001b\n\\ü"))));

    [Fact]
    public void Time_is_shown_in_the_zone() =>
        Assert.Equal(
            "{\"_time\":\"2021-08-11T07:52:27.000-04:00\"}\n",
            Write("jsonl", new WriterOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") }, Of("_time", Value.FromNumber(1628682747))));

    [Fact]
    public void Time_that_is_no_number_stays_as_it_is() =>
        Assert.Equal("{\"_time\":\"yesterday\"}\n", Write("jsonl", Of("_time", Value.FromText("yesterday"))));

    [Fact]
    public void A_closed_output_has_its_own_exception()
    {
        var writer = WriterTable.Create("jsonl", new ClosedPipe(), WriterOptions.Default);
        Assert.NotNull(writer);
        Assert.Throws<OutputClosedException>(() => writer.Write(Of("a", Value.FromNumber(1))));
    }

    [Fact]
    public void A_format_that_is_not_there_has_no_writer() => Assert.Null(WriterTable.Create("xml", Stream.Null, WriterOptions.Default));

    [Fact]
    public void The_formats_are_in_order() => Assert.Equal(["csv", "json", "jsonl", "raw", "table"], WriterTable.Names);

    static Batch Rows() => new(3,
    [
        new Column("_time", [Value.FromNumber(1628682747), Value.FromNumber(1628682747.5), Value.Null]),
        new Column("user", [Value.FromText("ann"), Value.Null, Value.Null]),
        new Column("n", [Value.FromNumber(3), Value.FromText("0.5"), Value.Null]),
        new Column("both", [s_two, Value.Null, Value.Null]),
    ]);

    static Batch Of(string name, Value value) => new(1, [new Column(name, [value])]);

    static Batch Two(string one, string first, string two, string second) =>
        new(1, [new Column(one, [Value.FromText(first)]), new Column(two, [Value.FromText(second)])]);

    static string Write(string format, params Batch[] batches) => Write(format, WriterOptions.Default, batches);

    static string Write(string format, WriterOptions options, params Batch[] batches)
    {
        using var output = new MemoryStream();
        var writer = WriterTable.Create(format, output, options);
        Assert.NotNull(writer);
        foreach (var batch in batches) writer.Write(batch);
        writer.Finish();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", 32);
    }
}
