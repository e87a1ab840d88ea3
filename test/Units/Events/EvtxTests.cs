using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>Windows event logs, beside their twins that another reader made, cut, damaged and mutated.</summary>
public sealed partial class EvtxTests
{
    static double Seconds =>
        double.TryParse(Environment.GetEnvironmentVariable("KARST_FUZZ_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 2;

    // Where given, so many bytes are changed, however long it takes.
    static long MutatedBytes => long.TryParse(Environment.GetEnvironmentVariable("KARST_FUZZ_BYTES"), out var bytes) ? bytes : 0;

    [Fact]
    public void Every_event_is_that_of_another_reader()
    {
        var compared = 0;
        foreach (var path in Logs())
        {
            var twin = Path.ChangeExtension(path.Replace(Folder("evtx"), Folder("evtx_xml"), StringComparison.Ordinal), ".xml");
            var expected = Reading.Of(new InputFile(twin, twin)).Events.ToDictionary(Id);
            var reading = Reading.Of(new InputFile(path, path));
            Assert.Empty(reading.Problems);
            Assert.Equal(expected.Count, reading.Events.Count);
            foreach (var text in reading.Events) Assert.Equal(Plain(expected[Id(text)]), Plain(text));
            compared += reading.Events.Count;
        }
        Assert.True(compared > 300, $"{compared} events");
    }

    [Fact]
    public void Numbers_are_written_as_Windows_writes_them()
    {
        // As Splunk shows them; rules compare `0x17`, not `0x00000017`.
        var path = Logs().First(static path => path.Contains("ID4769", StringComparison.Ordinal));
        Assert.Contains("<Data Name='TicketEncryptionType'>0x12</Data>", string.Concat(Reading.Of(new InputFile(path, path)).Events), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_ends_early_gives_what_is_there()
    {
        var bytes = File.ReadAllBytes(Logs().First(static path => path.Contains("ID4769", StringComparison.Ordinal)));
        var whole = Reading.Of(bytes).Events;
        var cut = Reading.Of(bytes[..(4_096 + 12_000)]);
        Assert.Contains(cut.Problems, static problem => problem.Kind == "bad-evtx");
        Assert.InRange(cut.Events.Count, 5, whole.Count - 1);
        Assert.Equal(whole.Take(cut.Events.Count), cut.Events);
    }

    [Theory]
    [InlineData("ElfFile\0")]
    [InlineData("ElfFile\0 and something that is no log at all")]
    public void A_log_without_chunks_is_counted(string text)
    {
        var reading = Reading.Of(text);
        Assert.Empty(reading.Events);
        Assert.Equal("bad-evtx", Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public void A_damaged_record_costs_itself_alone()
    {
        var bytes = File.ReadAllBytes(Logs().First(static path => path.Contains("ID4769", StringComparison.Ordinal)));
        var whole = Reading.Of(bytes).Events;
        // The token behind the fragment header of the second record: an attribute cannot stand there.
        var second = bytes.AsSpan(4_096 + 520).IndexOf("**\0\0"u8) + 4_096 + 520;
        bytes[second + 24 + 4] = 0x06;
        var damaged = Reading.Of(bytes);
        Assert.Equal(whole.Where((_, index) => index != 1), damaged.Events);
        Assert.Contains(damaged.Problems, static problem => problem.Message.Contains("an event was left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Mutated_logs_end_without_an_exception()
    {
        var logs = Logs().Select(File.ReadAllBytes).ToList();
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KARST_FUZZ_SEED"), out var given) ? given : 1;
        var random = new Random(seed);
        var end = Environment.TickCount64 + (long)(Seconds * 1000);
        var (rounds, mutated) = (0, 0L);
        do
        {
            var bytes = (byte[])logs[random.Next(logs.Count)].Clone();
            var changes = 1 << random.Next(12);
            for (var i = 0; i < changes; i++)
            {
                var at = random.Next(10) == 0 ? random.Next(bytes.Length) : 4_096 + random.Next(Math.Min(bytes.Length - 4_096, 65_536));
                var was = bytes[at];
                bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(was ^ (1 << random.Next(8))), _ => 0xFF };
                if (bytes[at] != was) mutated++;
            }
            var length = random.Next(5) == 0 ? random.Next(bytes.Length) : bytes.Length;
            var reading = Reading.Of(bytes[..length], new ReaderOptions { Kind = EventKind.Evtx });
            // What a record says of itself is bounded by its chunk, however often it repeats it.
            Assert.True(reading.Events.Sum(static text => (long)text.Length) < 64L << 20, $"seed {seed}, round {rounds}");
            rounds++;
        }
        while (Environment.TickCount64 < end || mutated < MutatedBytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mutated:N0} bytes changed in {rounds:N0} logs, seed {seed}");
        Assert.True(mutated > 0);
    }

    static string Id(string text) => RecordId().Match(text).Groups[1].Value;

    // The other reader fills hexadecimal numbers with zeros.
    static string Plain(string text) => Hexadecimal().Replace(text.ReplaceLineEndings("\n"), static match => "0x" + match.Groups[1].Value);

    static string[] Logs() => [.. Directory.EnumerateFiles(Folder("evtx"), "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    static string Folder(string name)
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var full = Path.Combine(SharedData.Root!, "samples", name);
        Assert.SkipWhen(!Path.Exists(full), "there is no " + name);
        return full;
    }

    [GeneratedRegex("<EventRecordID>(\\d+)")]
    private static partial Regex RecordId();

    [GeneratedRegex("0x0*([0-9a-f]+)")]
    private static partial Regex Hexadecimal();
}
