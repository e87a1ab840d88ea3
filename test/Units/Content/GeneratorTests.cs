using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Karst.Generator;

namespace Karst.Units.Content;

/// <summary>The log that benchmarks and the demo stand on is what it is said to be.</summary>
public sealed class GeneratorTests
{
    const long Size = 20_000_000;
    static readonly Lazy<byte[]> Log = new(() => Generate(new LogPlan(Size, 0, 1, Attacks: false, Pace: 500)));

    [Fact]
    public void The_same_options_give_the_same_bytes()
    {
        var plan = new LogPlan(300_000, 0, 5, Attacks: true, Pace: 500);
        Assert.Equal(Generate(plan), Generate(plan));
    }

    [Fact]
    public void Another_seed_gives_another_log() =>
        Assert.NotEqual(Generate(new LogPlan(300_000, 0, 5, false, 500)), Generate(new LogPlan(300_000, 0, 6, false, 500)));

    [Theory]
    [InlineData(LogKind.Windows)]
    [InlineData(LogKind.Audit)]
    [InlineData(LogKind.O365)]
    public void Other_kinds_of_logs_are_the_same_for_the_same_options_and_have_their_form(LogKind kind)
    {
        var plan = new LogPlan(400_000, 0, 5, Attacks: false, Pace: 500);
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        var events = ShapedLog.Write(plan, kind, first);
        ShapedLog.Write(plan, kind, second);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.InRange(first.Length, 400_000, 410_000);
        var text = Encoding.UTF8.GetString(first.ToArray());
        if (kind == LogKind.Windows) Assert.Equal(events, System.Xml.Linq.XElement.Parse($"<all>{text}</all>").Elements().Count());
        else if (kind == LogKind.O365) Assert.All(text.TrimEnd().Split('\n'), line => JsonDocument.Parse(line).Dispose());
        else Assert.All(text.TrimEnd().Split('\n'), line => Assert.Matches(@"^type=[A-Z_]+ msg=audit\(\d+\.\d{3}:\d+\): \S", line));
    }

    [Fact]
    public void The_size_is_the_wanted_one_within_a_hundredth() => Assert.InRange(Log.Value.LongLength, Size, Size + Size / 100);

    [Fact]
    public void An_event_has_between_1200_and_1400_bytes_on_average() => Assert.InRange(Log.Value.Length / Lines().Count, 1_200, 1_400);

    [Fact]
    public void Six_events_of_ten_thousand_are_image_scan_results()
    {
        var share = Lines().Count(line => Top(line, "eventName") == "DescribeImageScanFindings") / (double)Lines().Count;
        Assert.InRange(share, 0.0005, 0.0007);
    }

    [Fact]
    public void There_are_at_least_300_event_names_of_60_services()
    {
        Assert.True(Lines().Select(line => Top(line, "eventName")).Distinct().Count() >= 300);
        Assert.True(Lines().Select(line => Top(line, "eventSource")).Distinct().Count() >= 60);
    }

    [Fact]
    public void Time_never_goes_back()
    {
        var times = Lines().Select(line => Top(line, "eventTime")).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public void Some_lines_are_spelt_in_other_ways()
    {
        var texts = Lines().Select(line => Encoding.UTF8.GetString(line.Span)).ToList();
        Assert.InRange(texts.Count(text => text.Contains("\\u00", StringComparison.Ordinal)), texts.Count / 200, texts.Count / 50);
        Assert.InRange(texts.Count(text => text.Contains("\": ", StringComparison.Ordinal)), texts.Count / 300, texts.Count / 50);
        Assert.Contains(texts, text => text.Contains("\" : ", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("{\"awsRegion\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Split("\"eventName\":").Length > 2);
    }

    [Fact]
    public void The_shipped_sample_is_what_its_command_writes()
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(SharedData.Repository, "content", "samples", "cloudtrail.json.gz")), CompressionMode.Decompress);
        using var shipped = new MemoryStream();
        file.CopyTo(shipped);
        Assert.True(shipped.ToArray().AsSpan().SequenceEqual(Generate(new LogPlan(0, 2_000, 7, Attacks: true, Pace: 40_000))));
    }

    static byte[] Generate(LogPlan plan)
    {
        using var output = new MemoryStream();
        TrailLog.Write(plan, output);
        return output.ToArray();
    }

    static List<ReadOnlyMemory<byte>> Lines()
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        var rest = Log.Value.AsMemory();
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            lines.Add(rest[..end]);
            rest = rest[(end + 1)..];
        }
        return lines;
    }

    /// <summary>The text of a key of the event itself; reads the whole line, so a line that is not JSON fails the test.</summary>
    static string? Top(ReadOnlyMemory<byte> line, string key)
    {
        var reader = new Utf8JsonReader(line.Span);
        string? found = null;
        while (reader.Read())
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(key))
            {
                reader.Read();
                found = reader.GetString();
            }
        return found;
    }
}
