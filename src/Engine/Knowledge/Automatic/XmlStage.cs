using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Automatic;

/// <summary>KV_MODE=xml as a stage: the wanted fields out of the XML of `_raw`, with the names that `spath` gives them (`a.b`, `a.b{@c}`). A field that is there already stays.</summary>
public sealed record XmlStage(FieldSet Wanted) : Stage
{
    /// <inheritdoc/>
    public override string Command => "xml";

    /// <inheritdoc/>
    public override FieldSet Writes => Wanted;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override bool CutsBatches => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_raw");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new XmlOperator(Wanted);

    /// <inheritdoc/>
    public override string Describe() => $"xml {Wanted}";

    sealed class XmlOperator(FieldSet wanted) : Operator
    {
        readonly FieldCollector _fields = new();

        public override bool Push(Batch batch)
        {
            if (batch.Find("_raw") is not { } raw) return Next.Push(batch);
            _fields.Start(new Batch(batch.Count, []));
            var from = 0;
            for (var row = 0; row < batch.Count; row++)
            {
                var text = Slice.Of(raw.Values[row]).Trimmed();
                if (text.Length > 0 && text.Bytes[0] == '<') XmlFields.Extract(text, _fields);
                if (!_fields.EndRow(row)) continue;
                if (!Next.Push(With(batch, from, _fields.Take(row + 1)))) return false;
                from = row + 1;
            }
            return Next.Push(With(batch, from, _fields.Take(batch.Count)));
        }

        // The rows from one on, with what was found in them.
        Batch With(Batch batch, int from, Batch found)
        {
            if (found.Count < batch.Count) batch = batch.Select([.. Enumerable.Range(from, found.Count)]);
            foreach (var column in found.Columns)
            {
                if (!wanted.Contains(column.Name)) continue;
                var values = column.Values;
                if (batch.Find(column.Name) is { } old)
                    for (var row = 0; row < batch.Count; row++)
                        if (!old.Values[row].IsNull) values[row] = old.Values[row];
                batch = batch.With(column.Name, values);
            }
            return batch;
        }
    }
}
