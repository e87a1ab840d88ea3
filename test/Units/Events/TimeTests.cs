using System.Globalization;
using System.Text;
using Karst.Events;

namespace Karst.Units.Events;

public sealed class TimeTests
{
    static readonly TimeZoneInfo s_newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    static readonly TimeZoneInfo s_kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    static readonly double s_reference = Epoch("2021-08-15 00:00:00");

    // 2021-08-11 11:52:27 UTC, a Wednesday.
    const double Moment = 1628682747;

    [Theory]
    [InlineData("%Y-%m-%dT%H:%M:%S.%3N%:z", "2021-08-11T11:52:27.123+00:00")]
    [InlineData("%Q %3Q %6Q %9Q", "123 123 123456 123456000")]
    [InlineData("%N %3N %6N %9N %f", "123456000 123 123456 123456000 123456")]
    [InlineData("%z %:z %::z %:::z %Z %Ez", "+0000 +00:00 +00:00:00 +00 UTC 0")]
    [InlineData("%F %T %D %s", "2021-08-11 11:52:27 08/11/21 1628682747")]
    [InlineData("%V %U %W %w %u %j %G %g", "32 32 32 3 3 223 2021 21")]
    [InlineData("%y %C %e %d %k %l %I %H %p %P", "21 20 11 11 11 11 11 11 AM am")]
    [InlineData("%b %B %h %a %A", "Aug August Aug Wed Wednesday")]
    [InlineData("%c|%x|%X|%+", "Wed Aug 11 11:52:27 2021|08/11/21|11:52:27|Wed Aug 11 11:52:27 UTC 2021")]
    [InlineData("%n%t%%", "\n\t%")]
    [InlineData("%R %r", "11:52 11:52:27 AM")]
    [InlineData("%-m/%-d %_H %^a", "8/11 11 WED")]
    [InlineData("100% %J %", "100% %J %")]
    public void A_moment_is_formatted(string format, string expected) =>
        Assert.Equal(expected, Strftime.Format(Moment + 0.123456, format, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2022-08-14", "%V %G", "32 2022")]
    [InlineData("2021-01-03", "%V %G %g %U %W", "53 2020 20 01 00")]
    [InlineData("2024-12-30", "%V %G %U %W", "01 2025 52 53")]
    [InlineData("2021-02-03", "%e|%k|%l|%I|%p", " 3| 0|12|12|AM")]
    public void Weeks_and_padding_follow_the_standards(string day, string format, string expected) =>
        Assert.Equal(expected, Strftime.Format(Epoch(day + " 00:00:00"), format, TimeZoneInfo.Utc));

    [Fact]
    public void The_zone_of_the_user_is_used()
    {
        Assert.Equal("2021-08-11 07:52:27 -0400 EDT -240", Strftime.Format(Moment, "%F %T %z %Z %Ez", s_newYork));
        Assert.Equal("EST -05:00", Strftime.Format(Epoch("2021-01-11 12:00:00"), "%Z %:z", s_newYork));
        Assert.Equal("17:22 +0530 IST", Strftime.Format(Moment, "%H:%M %z %Z", s_kolkata));
    }

    [Fact]
    public void A_fraction_is_rounded_to_what_a_number_can_hold()
    {
        Assert.Equal("27.999999", Strftime.Format(Moment + 0.999999, "%S.%6N", TimeZoneInfo.Utc));
        Assert.Equal("28.000000", Strftime.Format(Moment + 0.9999999, "%S.%6N", TimeZoneInfo.Utc));
        Assert.Equal("1969-12-31 23:59:59.500", Strftime.Format(-0.5, "%F %T.%3N", TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData(1e18)]
    [InlineData(-1e18)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_moment_beyond_the_calendar_has_no_text(double epoch) => Assert.Null(Strftime.Format(epoch, "%Y", TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2021-08-11T11:52:27Z", "%Y-%m-%dT%H:%M:%SZ")]
    [InlineData("2021-08-11T13:52:27.500+02:00", "%Y-%m-%dT%H:%M:%S.%Q%z", 0.5)]
    [InlineData("2021-08-11 11:52:27.123456", "%F %T.%6N", 0.123456)]
    [InlineData("2021-08-11 11:52:27.123456789", "%F %T.%N", 0.123457)]
    [InlineData("08/11/2021 11:52:27 AM", "%m/%d/%Y %I:%M:%S %p")]
    [InlineData("8/11/21 11:52:27", "%D %T")]
    [InlineData("Wed Aug 11 11:52:27 2021", "%c")]
    [InlineData("Wed Aug 11 07:52:27 EDT 2021", "%+")]
    [InlineData("Wednesday, 11 August 2021 11:52:27", "%A, %d %B %Y %H:%M:%S")]
    [InlineData("1628682747", "%s")]
    [InlineData("2021 223 11:52:27", "%Y %j %T")]
    [InlineData("2021 32 3 11:52:27", "%G %V %u %T")]
    [InlineData("2021 32 3 11:52:27", "%Y %U %w %T")]
    [InlineData("2021 32 3 11:52:27", "%Y %W %w %T")]
    [InlineData("11/Aug/2021:11:52:27 +0000", "%d/%b/%Y:%H:%M:%S %z")]
    [InlineData("2021-08-11 11:52:27 trailing", "%Y-%m-%d %H:%M:%S")]
    [InlineData("20210811115227", "%Y%m%d%H%M%S")]
    [InlineData("2021-08-11 07:52:27 America/New_York", "%F %T %Z")]
    [InlineData("100% 2021-08-11 11:52:27", "100%% %F %T")]
    public void Text_is_parsed(string text, string format, double fraction = 0)
    {
        Assert.True(Strptime.TryParse(text, format, TimeZoneInfo.Utc, out var epoch));
        Assert.Equal(Moment + fraction, epoch, 5e-7);
    }

    [Theory]
    [InlineData("2021-08", "%Y-%m")]
    [InlineData("2021", "%Y")]
    [InlineData("11:52", "%H:%M")]
    [InlineData("2021-02-30", "%Y-%m-%d")]
    [InlineData("2021-13-01", "%Y-%m-%d")]
    [InlineData("1965-01-01", "%Y-%m-%d")]
    [InlineData("0001-01-01", "%Y-%m-%d")]
    [InlineData("9999-12-31", "%Y-%m-%d")]
    [InlineData("0001 01 1", "%G %V %u")]
    [InlineData("x2021-08-11", "%Y-%m-%d")]
    [InlineData("", "%Y-%m-%d")]
    [InlineData("2021-08-11 25:00:00", "%F %T")]
    [InlineData("2021-08-11", "%Y-%m-%d %J")]
    public void Text_that_names_no_day_is_not_parsed(string text, string format) =>
        Assert.False(Strptime.TryParse(text, format, TimeZoneInfo.Utc, out _));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void The_ends_of_the_calendar_are_no_error(string text)
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, s_newYork, s_kolkata })
        {
            Assert.True(EventTime.TryParseIso(text.TrimEnd('Z'), zone, out var epoch) || text[0] == '9');
            TimeModifier.Snap(epoch, TimeUnit.Week, zone);
            TimeModifier.Add(epoch, -1, TimeUnit.Year, zone);
            TimeModifier.Add(epoch, 1_000_000_000, TimeUnit.Day, zone);
        }
        Assert.False(EventTime.TryRecognise("0001-01-01T00:00:00Z"u8, Moment, TimeZoneInfo.Utc, out _));
    }

    [Fact]
    public void A_time_alone_is_of_today() => Assert.Equal("2021-08-11 10:30", Parsed("10:30", "%H:%M", Moment));

    [Fact]
    public void A_day_without_a_year_is_of_this_year() => Assert.Equal("2021-12-24 00:00", Parsed("Dec 24", "%b %d", Moment));

    // 2021-08-11 11:52:27 is a Wednesday.
    [Theory]
    [InlineData("now", "2021-08-11 11:52:27")]
    [InlineData("", null)]
    [InlineData("-24h", "2021-08-10 11:52:27")]
    [InlineData("-24h@h", "2021-08-10 11:00:00")]
    [InlineData("-h", "2021-08-11 10:52:27")]
    [InlineData("+1d", "2021-08-12 11:52:27")]
    [InlineData("@d", "2021-08-11 00:00:00")]
    [InlineData("@w", "2021-08-08 00:00:00")]
    [InlineData("@w0", "2021-08-08 00:00:00")]
    [InlineData("@w7", "2021-08-08 00:00:00")]
    [InlineData("@w1", "2021-08-09 00:00:00")]
    [InlineData("@w3", "2021-08-11 00:00:00")]
    [InlineData("@w4", "2021-08-05 00:00:00")]
    [InlineData("-1w@w1", "2021-08-02 00:00:00")]
    [InlineData("-1mon@mon", "2021-07-01 00:00:00")]
    [InlineData("@q", "2021-07-01 00:00:00")]
    [InlineData("-1q@qtr", "2021-04-01 00:00:00")]
    [InlineData("@y", "2021-01-01 00:00:00")]
    [InlineData("-1y", "2020-08-11 11:52:27")]
    [InlineData("-1d@d+3h", "2021-08-10 03:00:00")]
    [InlineData("-3h@d+1d", "2021-08-12 00:00:00")]
    [InlineData("@d-1d+8h", "2021-08-10 08:00:00")]
    [InlineData("-5min@minute", "2021-08-11 11:47:00")]
    [InlineData("-90secs", "2021-08-11 11:50:57")]
    [InlineData("@s", "2021-08-11 11:52:27")]
    [InlineData("now-1d", "2021-08-10 11:52:27")]
    [InlineData("0", "1970-01-01 00:00:00")]
    [InlineData("1628682747", "2021-08-11 11:52:27")]
    [InlineData("10/19/2016:0:0:0", "2016-10-19 00:00:00")]
    [InlineData("08/11/2021:11:52:27", "2021-08-11 11:52:27")]
    [InlineData("rt", null)]
    [InlineData("rt-5m", null)]
    [InlineData("-rt5m", null)]
    [InlineData("7d", null)]
    [InlineData("-1fortnight", null)]
    [InlineData("yesterday", null)]
    [InlineData("@", null)]
    [InlineData("-", null)]
    [InlineData("-1d@", null)]
    [InlineData("-1d@w9", null)]
    [InlineData("-99999999999999999999d", null)]
    public void A_time_modifier_moves_and_snaps(string text, string? expected)
    {
        var parsed = TimeModifier.TryParse(text, Moment, TimeZoneInfo.Utc, out var time);
        Assert.Equal(expected, parsed ? Strftime.Format(time, "%F %T", TimeZoneInfo.Utc) : null);
    }

    [Fact]
    public void A_month_keeps_to_its_last_day()
    {
        Assert.True(TimeModifier.TryParse("-1mon", Epoch("2021-03-31 10:00:00"), TimeZoneInfo.Utc, out var time));
        Assert.Equal("2021-02-28 10:00:00", Strftime.Format(time, "%F %T", TimeZoneInfo.Utc));
    }

    // In 2021 New York's clock went from 02:00 EST to 03:00 EDT on 14 March, and from 02:00 EDT to 01:00 EST on 7 November.
    [Theory]
    [InlineData("2021-03-14 12:00:00 -0400", "@d", "2021-03-14 00:00:00 -0500")]
    [InlineData("2021-03-14 12:00:00 -0400", "-24h", "2021-03-13 11:00:00 -0500")]
    [InlineData("2021-03-14 12:00:00 -0400", "-1d", "2021-03-13 12:00:00 -0500")]
    [InlineData("2021-03-15 02:30:00 -0400", "-1d", "2021-03-14 03:30:00 -0400")]
    [InlineData("2021-11-07 01:30:00 -0500", "@h", "2021-11-07 01:00:00 -0500")]
    [InlineData("2021-11-07 01:30:00 -0400", "@h", "2021-11-07 01:00:00 -0400")]
    [InlineData("2021-11-08 01:30:00 -0500", "-1d", "2021-11-07 01:30:00 -0400")]
    [InlineData("2021-11-07 12:00:00 -0500", "@d+1d", "2021-11-08 00:00:00 -0500")]
    public void Days_follow_the_clock_and_hours_do_not(string now, string modifier, string expected)
    {
        Assert.True(Strptime.TryParse(now, "%F %T %z", TimeZoneInfo.Utc, out var start));
        Assert.True(TimeModifier.TryParse(modifier, start, s_newYork, out var time));
        Assert.Equal(expected, Strftime.Format(time, "%F %T %z", s_newYork));
    }

    [Theory]
    [InlineData("2021-08-11T11:52:27Z")]
    [InlineData("2021-08-11T11:52:27.000Z")]
    [InlineData("2021-08-11 11:52:27")]
    [InlineData("2021-08-11T13:52:27+02:00")]
    [InlineData("2021-08-11T07:52:27-0400")]
    [InlineData("2021-08-11T17:22:27+05:30")]
    [InlineData("2021-08-11T11:52:27,000")]
    [InlineData("2021-08-11 11:52:27 UTC")]
    public void Iso_8601_is_read(string text)
    {
        Assert.True(EventTime.TryParseIso(text, TimeZoneInfo.Utc, out var epoch));
        Assert.Equal(Moment, epoch);
    }

    [Theory]
    [InlineData("2021-08-11T11:52:27Zx")]
    [InlineData("2021-08-32")]
    [InlineData("2021-8")]
    [InlineData("11:52:27")]
    [InlineData("")]
    public void What_is_no_iso_8601_is_refused(string text) => Assert.False(EventTime.TryParseIso(text, TimeZoneInfo.Utc, out _));

    [Theory]
    [InlineData("{\"eventVersion\":\"1.08\",\"eventTime\":\"2021-08-11T11:52:27Z\"}")]
    [InlineData("2021-08-11 11:52:27,000 INFO x")]
    [InlineData("2021/08/11 11:52:27 x")]
    [InlineData("Aug 11 2021 11:52:27 host app: x")]
    [InlineData("Aug 11, 2021 11:52:27 AM x")]
    [InlineData("<13>Aug 11 11:52:27 host sshd[1]: x")]
    [InlineData("Wed Aug 11 11:52:27 UTC 2021 x")]
    [InlineData("Wed Aug 11 11:52:27 2021 x")]
    [InlineData("08/11/2021 11:52:27 AM\nLogName=Security")]
    [InlineData("1.2.3.4 - - [11/Aug/2021:11:52:27 +0000] \"GET / HTTP/1.1\" 200")]
    [InlineData("type=SYSCALL msg=audit(1628682747.000:123): arch=c000003e")]
    [InlineData("{\"ts\":1628682747000,\"x\":1}")]
    [InlineData("{\"ts\":1628682747}")]
    [InlineData("577 <14>1 2021-08-11T06:52:27-05:00 host - - 1,2020/02/22 12:33:50")]
    [InlineData("2021-08-11\t11:52:27\tx")]
    [InlineData("<TimeCreated SystemTime='2021-08-11T11:52:27.000000000Z'/>")]
    [InlineData("11-Aug-2021 11:52:27.000 queries: info")]
    public void A_timestamp_within_an_event_is_recognised(string text)
    {
        Assert.True(EventTime.TryRecognise(Encoding.UTF8.GetBytes(text), s_reference, TimeZoneInfo.Utc, out var epoch));
        Assert.Equal(Moment, epoch, 1e-6);
    }

    [Theory]
    [InlineData("2021-08-11 11:52:27 -10 items")]
    [InlineData("Aug 11 11:52:27 2048 bytes")]
    [InlineData("2021-08-11 11:52:27Zulu")]
    [InlineData("2021-08-11T11:52:27+00 x")]
    public void A_number_behind_a_timestamp_is_not_part_of_it(string text)
    {
        Assert.True(EventTime.TryRecognise(Encoding.UTF8.GetBytes(text), s_reference, TimeZoneInfo.Utc, out var epoch));
        Assert.Equal(Moment, epoch);
    }

    [Theory]
    [InlineData("no time at all, only 12 numbers and version 1.2.3")]
    [InlineData("")]
    [InlineData("id=4123456789 code 2021")]
    public void An_event_without_a_timestamp_has_none(string text) =>
        Assert.False(EventTime.TryRecognise(Encoding.UTF8.GetBytes(text), s_reference, TimeZoneInfo.Utc, out _));

    [Fact]
    public void A_timestamp_behind_the_lookahead_is_not_seen() =>
        Assert.False(EventTime.TryRecognise(Encoding.UTF8.GetBytes(new string(' ', 130) + "2021-08-11 11:52:27"), s_reference, TimeZoneInfo.Utc, out _));

    [Fact]
    public void December_read_in_january_is_of_the_year_before()
    {
        Assert.True(EventTime.TryRecognise("Dec 31 23:59:59 x"u8, Epoch("2022-01-01 00:10:00"), TimeZoneInfo.Utc, out var epoch));
        Assert.Equal(Epoch("2021-12-31 23:59:59"), epoch);
    }

    [Fact]
    public void A_timestamp_without_a_zone_is_in_the_one_given()
    {
        Assert.True(EventTime.TryRecognise("2021-08-11 07:52:27 x"u8, s_reference, s_newYork, out var epoch));
        Assert.Equal(Moment, epoch);
    }

    static string? Parsed(string text, string format, double now) =>
        Strptime.TryParse(text, format, TimeZoneInfo.Utc, out var epoch, now) ? Strftime.Format(epoch, "%Y-%m-%d %H:%M", TimeZoneInfo.Utc) : null;

    static double Epoch(string text) =>
        (DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).TotalSeconds;
}
