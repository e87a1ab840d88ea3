using System.Text;
using Karst.Engine.Knowledge;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Specs;

/// <summary>
/// What a case gives, as a source. The texts of given rows lie in one buffer a batch, which is overwritten once the batch was taken: an operator that keeps
/// values without detaching them gives rubbish, and the case fails. Raw events are read from a file, as a user's would be.
/// </summary>
sealed class SpecInput : IDisposable
{
    readonly string? _file;

    public SpecInput(SpecCase spec, IKnowledge knowledge, SpecMode mode)
    {
        var given = spec.Find("given");
        if (given is not null && given.Rest.Split(' ')[0] == "raw")
        {
            var metadata = SpecPage.Pairs(given.Rest["raw".Length..]).ToDictionary(pair => pair.Name, pair => pair.Value);
            _file = Path.GetTempFileName();
            File.WriteAllText(_file, given.Text + "\n");
            Source = new FileSource(
                [new InputFile(_file, "given")],
                new FileMetadata(metadata.GetValueOrDefault("sourcetype"), metadata.GetValueOrDefault("source"), metadata.GetValueOrDefault("host"), metadata.GetValueOrDefault("index")),
                knowledge,
                static problem => throw new SpecFormatException(problem.Message),
                ReaderOptions.Default with { BlockBytes = mode.BlockBytes })
            {
                Threads = mode.Threads,
            };
            return;
        }
        IsRows = true;
        var rows = Rows(given);
        Source = new RowsSource(() => Batches(rows, mode.BatchSize));
    }

    /// <summary>The input is rows already.</summary>
    public bool IsRows { get; }

    /// <summary>Where a run reads it.</summary>
    public IEventSource Source { get; }

    public void Dispose()
    {
        if (_file is not null) File.Delete(_file);
    }

    static List<List<KeyValuePair<string, Value>>> Rows(SpecSection? given)
    {
        var rows = new List<List<KeyValuePair<string, Value>>>();
        if (given is null) return rows;
        if (given.Rest == "jsonl")
        {
            foreach (var line in given.Lines.Where(line => line.Length > 0))
            {
                var fields = JsonRow.Parse(Encoding.UTF8.GetBytes(line)) ?? throw new SpecFormatException($"`{line}` is not one JSON object");
                if (!fields.Exists(field => field.Key == "_raw")) fields.Add(new("_raw", Value.FromText(line)));
                rows.Add([.. fields.Select(Timed)]);
            }
            return rows;
        }
        var table = SpecTable.Parse(given.Lines);
        foreach (var row in table.Rows)
            rows.Add([.. table.Names.Select((name, c) => new KeyValuePair<string, Value>(name, row[c])).Where(field => !field.Value.IsNull).Select(Timed)]);
        return rows;
    }

    static KeyValuePair<string, Value> Timed(KeyValuePair<string, Value> field) =>
        field.Key == "_time" && EventTime.TryParse(field.Value.ToString(), TimeZoneInfo.Utc, out var epoch) ? new("_time", Value.FromNumber(epoch)) : field;

    static IEnumerable<Batch> Batches(List<List<KeyValuePair<string, Value>>> rows, int batchSize)
    {
        for (var start = 0; start < rows.Count; start += batchSize)
        {
            var part = rows.Skip(start).Take(batchSize).ToList();
            var buffer = new byte[part.Sum(row => row.Sum(field => Size(field.Value)))];
            var used = 0;
            var builder = new RowBuilder();
            foreach (var row in part)
            {
                foreach (var (name, value) in row) builder.Set(name, Copy(value, buffer, ref used));
                builder.Next();
            }
            try
            {
                yield return builder.Take();
            }
            finally
            {
                buffer.AsSpan().Fill(0xEE);
            }
        }
    }

    static int Size(Value value) => value.IsMultivalue ? Enumerable.Range(0, value.Count).Sum(i => Size(value[i])) : value.Utf8.Length;

    static Value Copy(Value value, byte[] buffer, ref int used)
    {
        if (value.IsMultivalue)
        {
            var many = new Value[value.Count];
            for (var i = 0; i < many.Length; i++) many[i] = Copy(value[i], buffer, ref used);
            return Value.FromMany(many);
        }
        if (!value.IsText) return value;
        var start = used;
        value.Utf8.CopyTo(buffer.AsSpan(used));
        used += value.Utf8.Length;
        return Value.FromUtf8(buffer, start, value.Utf8.Length);
    }
}
