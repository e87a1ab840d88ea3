using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// Metric events to one row a measurement, with `metric_name` and `_value`: an event has both by itself, or a field `metric_name:NAME` for each
/// measurement. Events with neither are dropped, and so are values that are no numbers.
/// </summary>
public sealed record MeasurementsStage : Stage
{
    const string Prefix = "metric_name:";

    /// <inheritdoc/>
    public override string Command => "mstats";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("metric_name", "_value", Prefix + "*");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new MeasurementsOperator();

    /// <inheritdoc/>
    public override string Describe() => "measurements";

    sealed class MeasurementsOperator : Operator
    {
        public override bool Push(Batch batch)
        {
            var rows = new List<int>();
            var names = new List<Value>();
            var values = new List<Value>();
            var (name, value) = (batch.Find("metric_name"), batch.Find("_value"));
            var several = batch.Columns.ToArray().Where(column => column.Name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(column => (Name: Value.FromText(column.Name[Prefix.Length..]), column.Values)).ToArray();
            for (var row = 0; row < batch.Count; row++)
            {
                if (name is not null && value is not null && !name.Values[row].IsNull) Add(row, name.Values[row], value.Values[row]);
                foreach (var (metric, cells) in several) Add(row, metric, cells[row]);
            }
            if (rows.Count == 0) return true;
            return Next.Push(batch.Select([.. rows]).With("metric_name", [.. names]).With("_value", [.. values]));

            void Add(int row, Value metric, Value measured)
            {
                if (!measured.TryNumber(out _)) return;
                rows.Add(row);
                names.Add(metric);
                values.Add(measured);
            }
        }
    }
}
