using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>The EXTRACT and REPORT extractions of a sourcetype, in their order. The first value of a field stays.</summary>
sealed record ExtractStage(IReadOnlyList<FieldExtraction> Extractions) : Stage, INarrowable
{
    // Fields that every event has, which no text that names its own fields gives.
    static readonly string[] s_own = ["_raw", "_time", "host", "index", "source", "sourcetype"];

    /// <summary>The fields that somebody asked for: others that a text names are not made.</summary>
    internal FieldSet Wanted { get; init; } = FieldSet.All;

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
        return needed.Count == 0 ? null : new ExtractStage(needed) { Wanted = wanted };
    }

    public override Operator Open(RunContext run) => new ExtractOperator(this, run);

    public override string Describe() => "extract " + string.Join(' ', Extractions.Select(extraction => extraction.Class));

    sealed class ExtractOperator : Operator
    {
        readonly (FieldExtraction Extraction, FoundFields Found)[] _extractions;
        readonly RunContext _run;

        internal ExtractOperator(ExtractStage stage, RunContext run)
        {
            var wanted = stage.Wanted.With(stage.Extractions.Select(extraction => extraction.Source));
            _extractions = [.. stage.Extractions.Select(extraction => (extraction, new FoundFields(extraction.AddsValues, wanted)))];
            _run = run;
        }

        public override bool Push(Batch batch)
        {
            foreach (var (extraction, found) in _extractions)
            {
                if (batch.Find(extraction.Source) is not { } source) continue;
                found.Start(batch);
                for (var row = 0; row < batch.Count; row++)
                {
                    if (source.Values[row].IsNull) continue;
                    found.At(row);
                    extraction.Extract(source.Values[row], _run, found);
                }
                batch = found.Finish();
            }
            return Next.Push(batch);
        }
    }
}
