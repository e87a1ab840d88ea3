using System.Text;
using Karst.Events;

namespace Karst.Specs;

/// <summary>
/// The rows that a case gives, in batches. Their texts lie in one buffer a batch, which is overwritten once the batch was taken: an operator that keeps values
/// without detaching them gives rubbish, and the case fails.
/// </summary>
static class SpecInput
{
    /// <summary>The rows as `search --rows` would read them.</summary>
    public static List<List<KeyValuePair<string, Value>>> Rows(SpecCase spec)
    {
        var given = spec.Find("given");
        if (given is null || given.Rest.StartsWith("raw", StringComparison.Ordinal)) return [];
        var rows = new List<List<KeyValuePair<string, Value>>>();
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

    /// <summary>Pushes the rows; false as soon as no more are wanted.</summary>
    public static void Push(IReadOnlyList<List<KeyValuePair<string, Value>>> rows, int batchSize, Func<Batch, bool> push)
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
            var wanted = push(builder.Take());
            buffer.AsSpan().Fill(0xEE);
            if (!wanted) return;
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
