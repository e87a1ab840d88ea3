using Karst.Events;

namespace Karst.Units.Events;

public sealed class JsonReadingTests
{
    [Fact]
    public void Each_line_with_an_object_is_an_event()
    {
        var reading = Reading.Of("{\"a\":1}\r\n\n  \n{\"a\":2}\n{\"a\":3}");
        Assert.Equal(EventKind.JsonLines, reading.Kind);
        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], reading.Events);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Objects_over_several_lines_are_events() =>
        Assert.Equal(["{\n  \"a\": {\"b\": 1}\n}", "{\n  \"a\": 2\n}"], Reading.Of("{\n  \"a\": {\"b\": 1}\n}\n{\n  \"a\": 2\n}\n").Events);

    [Fact]
    public void Objects_that_follow_each_other_are_events() =>
        Assert.Equal(["{\"a\":\"}{\"}", "{\"a\":2}"], Reading.Of("{\"a\":\"}{\"}{\"a\":2}").Events);

    [Fact]
    public void Elements_of_an_array_are_events() =>
        Assert.Equal(["{\"a\":[1,2]}", "{\"a\":2}"], Reading.Of("[\n  {\"a\":[1,2]},\n  {\"a\":2}\n]\n").Events);

    [Fact]
    public void Elements_of_records_are_events() =>
        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"b\":1}"], Reading.Of("{ \"Records\" : [{\"a\":1},{\"a\":2}], \"x\": {\"y\": 1}}\n{\"b\":1}").Events);

    [Fact]
    public void A_key_that_is_called_records_but_holds_no_objects_is_a_plain_event() =>
        Assert.Equal(["{\"Records\":5}", "{\"a\":1}"], Reading.Of("{\"Records\":5}\n{\"a\":1}\n").Events);

    [Fact]
    public void A_broken_line_is_passed_on_and_the_next_line_is_read()
    {
        var reading = Reading.Of("{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n");
        Assert.Equal(["{\"a\":1}", "{\"a\":\"x", "{\"a\":3}"], reading.Events);
    }

    [Fact]
    public void A_first_line_that_is_broken_does_not_swallow_the_rest() =>
        Assert.Equal(["{\"a\":1,", "{\"a\":2}", "{\"a\":3}"], Reading.Of("{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n").Events);

    [Fact]
    public void A_broken_document_is_counted_and_the_next_one_is_read()
    {
        var reading = Reading.Of("{\n  \"a\": 1\n}\n{\n  \"a\": [1,\n{\n  \"a\": 3\n}\n");
        Assert.Equal(["{\n  \"a\": 1\n}", "{\n  \"a\": [1,", "{\n  \"a\": 3\n}"], reading.Events);
        Assert.Equal("broken-json", Assert.Single(reading.Problems).Kind);
    }
}
