using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>The EXTRACT and REPORT extractions of a sourcetype, in their order. The first value of a field stays.</summary>
sealed record ExtractStage(IReadOnlyList<FieldExtraction> Extractions) : Stage, INarrowable
{
    // Fields that every event has, which no text that names its own fields gives.
    static readonly string[] s_own = ["_raw", "_time", "host", "index", "source", "sourcetype"];

    public override string Command => "extract";

    public override FieldSet Writes { get; } = Extractions.Any(extraction => extraction.Fields is null)
        ? FieldSet.All
        : FieldSet.Of(Extractions.SelectMany(extraction => extraction.Fields!));

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after) => after.With(Extractions.Select(extraction => extraction.Source));

    public Stage? Narrow(FieldSet wanted)
    {
        var needed = new List<FieldExtraction>();
        var fields = wanted;
        for (var i = Extractions.Count - 1; i >= 0; i--)
        {
            if (Extractions[i].Fields is { } made ? !made.Any(fields.Contains) : !fields.IsOpen && fields.Names.All(s_own.Contains)) continue;
            needed.Add(Extractions[i]);
            fields = fields.With(Extractions[i].Source);
        }
        needed.Reverse();
        return needed.Count == 0 ? null : new ExtractStage(needed);
    }

    public override Operator Open(RunContext run) => new ExtractOperator(Extractions, run);

    public override string Describe() => "extract " + string.Join(' ', Extractions.Select(extraction => extraction.Class));

    sealed class ExtractOperator(IReadOnlyList<FieldExtraction> extractions, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            foreach (var extraction in extractions) batch = Extract(extraction, batch);
            return Next.Push(batch);
        }

        Batch Extract(FieldExtraction extraction, Batch batch)
        {
            if (batch.Find(extraction.Source) is not { } source) return batch;
            var made = new Dictionary<string, Value[]>(StringComparer.Ordinal);
            var row = 0;
            for (; row < batch.Count; row++)
            {
                if (source.Values[row].IsNull) continue;
                extraction.Extract(source.Values[row].ToString(), run, Found);
            }
            foreach (var (name, values) in made) batch = batch.With(name, values);
            return batch;

            void Found(string name, string text)
            {
                if (name.Length == 0 || text.Length == 0) return;
                if (!made.TryGetValue(name, out var values))
                {
                    values = new Value[batch.Count];
                    batch.Find(name)?.Values.AsSpan(0, batch.Count).CopyTo(values);
                    made[name] = values;
                }
                var old = values[row];
                if (old.IsNull) values[row] = Value.FromText(text);
                else if (extraction.AddsValues) values[row] = Append(old, Value.FromText(text));
            }
        }

        static Value Append(Value old, Value added)
        {
            var values = new Value[old.Count + 1];
            for (var i = 0; i < old.Count; i++) values[i] = old[i];
            values[^1] = added;
            return Value.FromMany(values);
        }
    }
}
