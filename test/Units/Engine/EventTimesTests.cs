using System.Text;
using CsCheck;
using Karst.Engine.Knowledge;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class EventTimesTests
{
    /// <summary>A time that stands behind its prefix as the last one did is not parsed again: what decides is all that the parser looks at.</summary>
    [Theory]
    [InlineData("%Y-%m-%dT%H:%M:%S%Z")]
    [InlineData("%Y-%m-%dT%H:%M:%S%z")]
    [InlineData("%Y-%m-%dT%H:%M:%S.%3N")]
    [InlineData("%b %d %H:%M:%S")]
    [InlineData("%s")]
    public void A_time_does_not_depend_on_the_events_before(string format)
    {
        foreach (var lookahead in (int[])[0, 20, 26])
        {
            var settings = new TimeSettings("t=", format, lookahead, null);
            var times = OneOf("2026-01-02T03:04:05", "2026-01-02T03:04:06", "Jan  2 03:04:05", "1767323045");
            var ends = OneOf("", "Z", "+00", "+00:30", "+00:30:10", "+0030", ".1", ".123", ".1234", " EST", "EST5", "é", "0", "00", "\",\"a\":1", new string('0', 70));
            Gen.Select(times, ends, OneOf("", "x", " ", new string('y', 80))).List[1, 12].Sample(
                parts =>
                {
                    var together = new EventTimes(settings, new RunContext { Now = 1_767_400_000 });
                    foreach (var (time, end, rest) in parts)
                    {
                        var raw = Encoding.UTF8.GetBytes($"t={time}{end}{rest}");
                        var alone = new EventTimes(settings, new RunContext { Now = 1_767_400_000 }).Find(raw);
                        Assert.Equal(alone.ToString(), together.Find(raw).ToString());
                    }
                },
                iter: 1_000);
        }
    }

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
