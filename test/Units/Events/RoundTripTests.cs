using System.Text;
using CsCheck;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>What is written is read back as it was, and what is formatted is parsed back.</summary>
public sealed class RoundTripTests
{
    static readonly Gen<string> s_text = Gen.Char["ab,\"\\\n\r\t\0\u001b ü😀\ufffd{}[]:$;'"].Array[0, 12].Select(static letters => Whole(new string(letters)));

    static readonly Gen<Value> s_value = Gen.Frequency(
        (6, s_text.Select(Value.FromText)),
        (1, Gen.Int[-1000, 1000].Select(static number => Value.FromNumber(number / 8.0))),
        (2, s_text.Array[2, 4].Select(static texts => Value.FromMany(texts.Select(Value.FromText).ToArray()))),
        (2, Gen.Const(Value.Null)));

    static readonly Gen<Batch> s_batch = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4]).SelectMany(static (rows, columns) =>
        s_value.Array[rows * columns].Select(values => new Batch(rows,
            [.. Enumerable.Range(0, columns).Select(c => new Column("f" + c, values[(c * rows)..((c + 1) * rows)]))])));

    static readonly string[] s_zones = ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];

    [Fact]
    public void Json_lines_are_read_back() => s_batch.Sample(
        static batch =>
        {
            var lines = Write("jsonl", batch).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(batch.Count, lines.Length);
            for (var row = 0; row < batch.Count; row++)
            {
                var fields = JsonRow.Parse(Encoding.UTF8.GetBytes(lines[row]));
                Assert.NotNull(fields);
                foreach (var column in batch.Columns)
                    Assert.Equal(column.Values[row], fields.Find(field => field.Key == column.Name).Value);
            }
        },
        threads: 1, iter: 500);

    [Fact]
    public void Csv_is_read_back() => s_batch.Sample(
        static batch =>
        {
            var bytes = Encoding.UTF8.GetBytes(Write("csv", batch));
            var records = new List<RawEvent>();
            new CsvSplitter().Split(bytes, 0, bytes.Length, true, records);
            var full = batch.Columns.Length > 1;
            if (full) Assert.Equal(batch.Count + 1, records.Count);
            var cells = new List<Value>();
            for (var row = 0; full && row < batch.Count; row++)
            {
                CsvRecord.Split(bytes.AsSpan(records[row + 1].Offset, records[row + 1].Length), cells);
                for (var c = 0; c < batch.Columns.Length; c++) Assert.Equal(batch.Columns[c].Values[row].ToString(), cells[c].ToString());
            }
        },
        threads: 1, iter: 500);

    [Fact]
    public void A_table_has_no_line_wider_than_the_terminal() => Gen.Select(s_batch, Gen.Int[20, 60]).Sample(
        static (batch, width) =>
        {
            foreach (var line in Write("table", batch, new WriterOptions { Width = width }).Split('\n'))
                Assert.True(SafeText.Width(line) <= width || line.Contains("more columns", StringComparison.Ordinal), line);
        },
        threads: 1, iter: 500);

    [Fact]
    public void A_moment_is_parsed_back_from_its_text() => Gen.Select(Gen.Long[40_000_000_000_000, 4_000_000_000_000_000], Gen.OneOf(s_zones)).Sample(
        static (micros, name) =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var epoch = micros / 1e6;
            var text = Strftime.Format(epoch, "%Y-%m-%dT%H:%M:%S.%6N%:z", zone);
            Assert.NotNull(text);
            Assert.True(Strptime.TryParseWhole(text, "%Y-%m-%dT%H:%M:%S.%6N%:z", TimeZoneInfo.Utc, out var parsed));
            Assert.Equal(epoch, parsed, 1e-6);
            Assert.True(EventTime.TryParseIso(text, TimeZoneInfo.Utc, out var iso));
            Assert.Equal(epoch, iso, 1e-6);
            Assert.True(EventTime.TryRecognise(Encoding.UTF8.GetBytes(text), 0, TimeZoneInfo.Utc, out var recognised));
            Assert.Equal(epoch, recognised, 1e-6);
            var weeks = Strftime.Format(epoch, "%G %V %u %j %Y %U %W %w %H:%M:%S %z", zone);
            Assert.True(Strptime.TryParse(weeks!, "%G %V %u %j %Y %U %W %w %H:%M:%S %z", TimeZoneInfo.Utc, out var byWeek));
            Assert.Equal(Math.Floor(epoch), byWeek);
        },
        threads: 1, iter: 500);

    [Fact]
    public void A_snapped_moment_is_not_later_and_snapping_again_changes_nothing() =>
        Gen.Select(Gen.Long[40_000_000, 4_000_000_000], Gen.OneOf(s_zones), Gen.Enum<TimeUnit>(), Gen.Int[0, 6]).Sample(
            static (epoch, name, unit, day) =>
            {
                var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
                var snapped = TimeModifier.Snap(epoch, unit, zone, day);
                Assert.True(snapped <= epoch, $"{snapped}");
                Assert.Equal(snapped, TimeModifier.Snap(snapped, unit, zone, day));
            },
            threads: 1, iter: 2000);

    // Half of a pair becomes the replacement character when it is encoded.
    static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    static string Write(string format, Batch batch, WriterOptions? options = null)
    {
        using var output = new MemoryStream();
        var writer = WriterTable.Create(format, output, options ?? WriterOptions.Default)!;
        writer.Write(batch);
        writer.Finish();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
