using System.Text.RegularExpressions;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class ContainerTests
{
    [Fact]
    public void Raw_text_comes_out_of_json_results()
    {
        var reading = Reading.Of(
            """
            {"preview":false,"offset":0,"result":{"_raw":"{\"a\":\"x\\ny\"}","host":"h1","tag":["one","two"],"_time":"2021-08-11T11:52:27.000+00:00"}}
            {"preview":false,"offset":1,"result":{"count":"3"}}
            broken
            {"preview":false,"lastrow":true}
            """);
        Assert.Equal(EventKind.SplunkJson, reading.Kind);
        Assert.Equal(["{\"a\":\"x\\ny\"}", "{\"count\":\"3\"}", "broken", "{\"preview\":false,\"lastrow\":true}"], reading.Events);
        Assert.Equal(["host", "tag", "_time"], reading.Envelopes[0]!.Fields.Select(static field => field.Key));
        Assert.Equal("one\ntwo", reading.Envelopes[0]!.Fields[1].Value.ToString());
        Assert.Equal("broken-json", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void Results_without_a_wrapper_are_recognised() =>
        Assert.Equal(["a line", "another"], Reading.Of("{\"host\":\"h\",\"_raw\":\"a line\"}\n{\"_raw\":\"another\"}\n").Events);

    [Fact]
    public void A_first_result_that_is_very_long_is_recognised() =>
        Assert.Equal(EventKind.SplunkJson, Reading.Of("{\"preview\":false,\"offset\":0,\"result\":{\"_raw\":\"" + new string('x', 100_000) + "\"}}\n").Kind);

    [Fact]
    public void Raw_text_comes_out_of_a_csv_export()
    {
        var reading = Reading.Of("\"_time\",\"_raw\",host,\"__mv_tag\",tag\r\n1,\"{\"\"a\"\":\"\"x,y\"\"}\",h1,,\r\n2,\"two\nlines\",,$one$;$t$$wo$,\"one\nt$wo\"\r\n");
        Assert.Equal(EventKind.Csv, reading.Kind);
        Assert.Equal(["{\"a\":\"x,y\"}", "two\nlines"], reading.Events);
        Assert.Equal(["_time=1", "host=h1"], reading.Envelopes[0]!.Fields.Select(static field => $"{field.Key}={field.Value}"));
        Assert.Equal(["_time=2", "tag=one\nt$wo"], reading.Envelopes[1]!.Fields.Select(static field => $"{field.Key}={field.Value}"));
        Assert.Equal(2, reading.Envelopes[1]!.Fields[1].Value.Count);
    }

    [Fact]
    public void A_csv_record_without_raw_text_is_the_event()
    {
        var reading = Reading.Of("user,src,count\nann,10.0.0.1,3\nbob,\"a,b\",4\n");
        Assert.Equal(["ann,10.0.0.1,3", "bob,\"a,b\",4"], reading.Events);
        Assert.Equal("a,b", reading.Envelopes[1]!.Fields[1].Value.ToString());
    }

    [Fact]
    public void A_csv_record_with_too_many_fields_is_counted()
    {
        var reading = Reading.Of("a,b,c\n1,2,3\n1,2,3,4\n1\n");
        Assert.Equal(3, reading.Events.Count);
        Assert.Equal("csv-columns", Assert.Single(reading.Problems).Kind);
        Assert.Single(reading.Envelopes[2]!.Fields);
    }

    [Theory]
    [InlineData("Hello, world\nGood, morning\n")]
    [InlineData("a,a,a\n1,2,3\n")]
    [InlineData("1,2021/08/11,x\n2,2021/08/11,y\n")]
    [InlineData("user,src,count\nnot the same\n")]
    public void Lines_with_commas_are_no_csv(string text) => Assert.Equal(EventKind.Lines, Reading.Of(text).Kind);

    [Fact]
    public void Xml_events_run_to_their_end()
    {
        var reading = Reading.Of("<?xml version='1.0'?>\n<Events>\n<Event a='1'><EventData>\n two lines</EventData></Event><Event>2</Event>\n</Events>\n");
        Assert.Equal(EventKind.Xml, reading.Kind);
        Assert.Equal(["<Event a='1'><EventData>\n two lines</EventData></Event>", "<Event>2</Event>"], reading.Events);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void An_xml_event_without_an_end_is_counted_and_the_next_is_read()
    {
        var reading = Reading.Of("<Event>1</Event>\n<Event a='2'><System>\n<Event>3</Event>\nsome text\n<Event>4");
        Assert.Equal(["<Event>1</Event>", "<Event a='2'><System>", "<Event>3</Event>", "some text", "<Event>4"], reading.Events);
        Assert.Equal(["truncated-xml", "truncated-xml"], reading.Problems.Select(static problem => problem.Kind));
    }

    [Fact]
    public void A_kind_that_is_given_is_not_recognised_anew() =>
        Assert.Equal(["[{\"a\":1},", "{\"a\":2}]"], Reading.Of("[{\"a\":1},\n{\"a\":2}]\n", new ReaderOptions { Kind = EventKind.Lines }).Events);

    [Fact]
    public void Lines_without_a_timestamp_belong_to_the_event_before()
    {
        var text = "10/09/2020 10:41:29 AM\nLogName=Security\n\nMessage=a\n10/09/2020 10:41:30 AM\nLogName=System\n";
        Assert.Equal(
            ["10/09/2020 10:41:29 AM\nLogName=Security\n\nMessage=a", "10/09/2020 10:41:30 AM\nLogName=System"],
            Reading.Of(text, new ReaderOptions { LineMerge = true, BlockBytes = 10 }).Events);
        Assert.Equal(2, Reading.Of(string.Concat(Enumerable.Repeat("x\n", 300)), new ReaderOptions { LineMerge = true }).Events.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_pattern_parts_events_by_its_first_group(int blockBytes)
    {
        var options = new ReaderOptions { BlockBytes = blockBytes, LineBreaker = new Regex(@"([\r\n]+)(?=--|ü)", RegexOptions.None, TimeSpan.FromSeconds(1)) };
        Assert.Equal(["--a\nb ü", "--c", "--d"], Reading.Of("--a\nb ü\r\n--c\n\n--d\n", options).Events);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_is_given_up()
    {
        var options = new ReaderOptions { LineBreaker = new Regex("(x+x+)+y", RegexOptions.None, TimeSpan.FromMilliseconds(50)) };
        var reading = Reading.Of(new string('x', 5000) + "\nb\n", options);
        Assert.Equal("line-breaker-timeout", Assert.Single(reading.Problems).Kind);
        Assert.Equal(2, reading.Events.Count);
    }

    [Fact]
    public void Problems_are_counted_by_kind_with_the_first_as_examples()
    {
        var log = new ProblemLog(examples: 2);
        Parallel.For(0, 1000, i => log.Add(new InputProblem(i % 2 == 0 ? "one" : "two", "path", "message", i)));
        log.Add(new InputProblem("three", "path", "message", 0) { Fatal = true });
        Assert.Equal(["one 500 False 2", "three 1 True 1", "two 500 False 2"], log.Kinds().Select(static kind => $"{kind.Name} {kind.Count} {kind.Fatal} {kind.Examples.Count}"));
        Assert.Equal(1001, log.Count);
        Assert.True(log.AnyFatal);
    }
}
