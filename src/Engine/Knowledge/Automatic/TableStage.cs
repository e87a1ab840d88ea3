using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Automatic;

/// <summary>
/// KV_MODE=multi as a stage: the wanted columns of the table in `_raw`, each with the values of all its lines. A field that is there already stays. props.conf says that this mode extracts
/// fields from table-formatted events as `multikv` does; that the event stays one, with several values a field, is how it is understood here.
/// </summary>
public sealed record TableStage(FieldSet Wanted) : Stage
{
    /// <inheritdoc/>
    public override string Command => "table";

    /// <inheritdoc/>
    public override FieldSet Writes => Wanted;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_raw");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TableOperator(Wanted);

    /// <inheritdoc/>
    public override string Describe() => $"columns of tables {Wanted}";

    sealed class TableOperator(FieldSet wanted) : Operator
    {
        readonly TextTable _table = new();

        public override bool Push(Batch batch)
        {
            if (batch.Find("_raw") is not { } raw) return Next.Push(batch);
            var found = new Dictionary<string, Value[]>(StringComparer.Ordinal);
            for (var row = 0; row < batch.Count; row++)
            {
                if (raw.Values[row].IsNull) continue;
                foreach (var column in _table.Lines(raw.Values[row].ToString()).SelectMany(static line => line.Cells).Where(cell => wanted.Contains(cell.Name)).GroupBy(static cell => cell.Name, static cell => cell.Value))
                {
                    if (!found.TryGetValue(column.Key, out var values)) found[column.Key] = values = new Value[batch.Count];
                    values[row] = Value.FromMany(column.Select(Value.FromText).ToArray());
                }
            }
            foreach (var (name, values) in found)
            {
                if (batch.Find(name) is { } old)
                    for (var row = 0; row < batch.Count; row++)
                        if (!old.Values[row].IsNull) values[row] = old.Values[row];
                batch = batch.With(name, values);
            }
            return Next.Push(batch);
        }
    }
}
