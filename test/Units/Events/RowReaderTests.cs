using Karst.Events;

namespace Karst.Units.Events;

public sealed class RowReaderTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();
    readonly List<InputProblem> _problems = [];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Keys_are_fields_in_their_order()
    {
        var batch = Assert.Single(Read("{\"b\":\"x\",\"a\":[1,null,\"y\"],\"n\":1.50,\"t\":true,\"z\":null,\"o\":{\"k\": [1]}}"));
        Assert.Equal(["b", "a", "n", "t", "o", "_raw"], batch.Columns.ToArray().Select(static column => column.Name));
        Assert.Equal(["x", "1\ny", "1.50", "true", "{\"k\": [1]}"], batch.Columns[..5].ToArray().Select(static column => column.Values[0].ToString()));
        Assert.Equal(2, batch.Columns[1].Values[0].Count);
    }

    [Theory]
    [InlineData("1628682747", 1628682747)]
    [InlineData("\"1628682747.5\"", 1628682747.5)]
    [InlineData("\"2021-08-11T11:52:27.000+00:00\"", 1628682747)]
    [InlineData("\"2021-08-11 11:52:27\"", 1628682747)]
    public void Time_is_an_epoch_or_iso_8601(string json, double expected)
    {
        var batch = Assert.Single(Read($"{{\"_time\":{json},\"_raw\":\"x\"}}"));
        Assert.Equal(expected, batch.Find("_time")!.Values[0].Number);
        Assert.Equal("x", batch.Find("_raw")!.Values[0].ToString());
    }

    [Fact]
    public void Rows_come_in_batches_of_the_size_asked_for()
    {
        var batches = Read(string.Concat(Enumerable.Range(0, 7).Select(static i => $"{{\"a\":{i}}}\n")), 3);
        Assert.Equal([3, 3, 1], batches.Select(static batch => batch.Count));
        Assert.Equal("5", batches[1].Find("a")!.Values[2].ToString());
        Assert.Equal("{\"a\":6}", batches[2].Find("_raw")!.Values[0].ToString());
    }

    [Fact]
    public void A_field_that_some_rows_lack_is_absent_there()
    {
        var batch = Assert.Single(Read("{\"a\":1}\n{\"b\":2}\n{}\n"));
        Assert.Equal(3, batch.Count);
        Assert.True(batch.Find("a")!.Values[1].IsNull);
        Assert.True(batch.Find("b")!.Values[0].IsNull);
        Assert.True(batch.Find("b")!.Values[2].IsNull);
    }

    [Fact]
    public void A_line_that_is_no_object_is_counted_and_left_out()
    {
        var batch = Assert.Single(Read("{\"a\":1}\n[1]\n{\"a\":\n{\"a\":2} x\n{\"a\":3}\n"));
        Assert.Equal(["1", "3"], batch.Find("a")!.Values.Select(static value => value.ToString()));
        Assert.Equal([2L, 3L, 4L], _problems.Where(static problem => problem.Kind == "broken-row").Select(static problem => problem.Line));
    }

    List<Batch> Read(string text, int batchRows = 100)
    {
        File.WriteAllText(_path, text);
        return [.. RowReader.Read(new InputFile(_path, "rows"), TimeZoneInfo.Utc, batchRows, _problems.Add, TestContext.Current.CancellationToken)];
    }
}
