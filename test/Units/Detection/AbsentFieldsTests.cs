using Karst.Detection;

namespace Karst.Units.Detection;

public sealed class AbsentFieldsTests
{
    [Theory]
    [InlineData("eventname", "eventName")]
    [InlineData("event_name", "eventName")]
    [InlineData("process_nam", "process_name")]
    [InlineData("proccess_name", "process_name")]
    [InlineData("dst", "")]
    [InlineData("user", "")]
    [InlineData("**", "")]
    public void Near_are_the_same_letters_and_those_with_a_slip(string field, string expected) =>
        Assert.Equal(expected, string.Join(' ', AbsentFields.Near(field, ["eventName", "process_name", "dest", "parent", "_"])));

    [Fact]
    public void The_nearest_come_first_and_three_at_most() =>
        Assert.Equal(["process_ID", "process_id", "process_ids"], AbsentFields.Near("ProcessId", ["process_ids", "process_id", "process_ix", "process_ID"]));

    [Fact]
    public void A_name_without_end_is_near_to_nothing() => Assert.Empty(AbsentFields.Near(new string('a', 5_000), [new string('a', 5_000)]));
}
