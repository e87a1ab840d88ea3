using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Engine.Aggregates;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The work of `fieldsummary` in one run.</summary>
sealed class FieldsummaryOperator(FieldsummaryStage stage, RunContext run) : KeptRows(stage.Command, run)
{
    static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string[] _fields = stage.Fields.Count == 0 ? ["*"] : [.. stage.Fields];
    readonly SortedDictionary<string, FieldFacts> _facts = new(StringComparer.Ordinal);
    long _bytes;

    public override bool Push(Batch batch)
    {
        foreach (var column in FieldArgument.Pick(_fields, batch))
        {
            if (!_facts.TryGetValue(column.Name, out var facts)) _facts[column.Name] = facts = new FieldFacts();
            for (var row = 0; row < batch.Count; row++) _bytes += facts.Add(column.Values[row]);
        }
        Check(_bytes);
        return true;
    }

    protected override void GiveOut()
    {
        var found = _facts.Where(one => one.Value.Count > 0).ToArray();
        if (found.Length == 0) return;
        Column[] columns =
        [
            Of("field", static (name, _) => Value.FromText(name)),
            Of("count", static (_, facts) => Value.FromNumber(facts.Count)),
            Of("distinct_count", static (_, facts) => Value.FromNumber(facts.Values.Count)),
            Of("is_exact", (_, facts) => Value.FromNumber(stage.Most == 0 || facts.Values.Count <= stage.Most ? 1 : 0)),
            Of("max", static (_, facts) => Number(facts, facts.Most)),
            Of("mean", static (_, facts) => Number(facts, facts.Numbers.Sum / facts.Numbers.Count)),
            Of("min", static (_, facts) => Number(facts, facts.Least)),
            Of("numeric_count", static (_, facts) => Value.FromNumber(facts.Numbers.Count)),
            Of("stdev", static (_, facts) => Number(facts, facts.Numbers.Count == 1 ? 0 : Math.Sqrt(facts.Numbers.Spread / (facts.Numbers.Count - 1)))),
            Of("values", (_, facts) => ValuesOf(facts)),
        ];
        Next.Push(new Batch(found.Length, columns));

        Column Of(string name, Func<string, FieldFacts, Value> value) => new(name, Array.ConvertAll(found, one => value(one.Key, one.Value)));
    }

    static Value Number(FieldFacts facts, double number) => facts.Numbers.Count == 0 ? Value.Null : Value.FromNumber(number);

    // The most frequent first, equal ones by their bytes.
    Value ValuesOf(FieldFacts facts)
    {
        var sorted = facts.Values.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, s_json))
        {
            writer.WriteStartArray();
            foreach (var (value, count) in stage.Most == 0 ? sorted : sorted.Take(stage.Most))
            {
                writer.WriteStartObject();
                writer.WriteString("value", value);
                writer.WriteNumber("count", count);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return Value.FromUtf8(bytes.ToArray());
    }

    sealed class FieldFacts
    {
        internal long Count { get; private set; }

        internal Moments Numbers { get; } = new(static _ => 0);

        internal double Least { get; private set; } = double.PositiveInfinity;

        internal double Most { get; private set; } = double.NegativeInfinity;

        internal Dictionary<string, long> Values { get; } = new(StringComparer.Ordinal);

        // Gives the bytes that are held more.
        internal long Add(Value value)
        {
            if (value.IsNull) return 0;
            Count++;
            Numbers.Add(value, double.NaN);
            var bytes = 0L;
            for (var i = 0; i < value.Count; i++)
            {
                if (value[i].TryNumber(out var number)) (Least, Most) = (Math.Min(Least, number), Math.Max(Most, number));
                var text = value[i].ToString();
                if (!Values.TryGetValue(text, out var count)) bytes += 64 + (2L * text.Length);
                Values[text] = count + 1;
            }
            return bytes;
        }
    }
}
