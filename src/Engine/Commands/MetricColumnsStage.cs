using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Puts the value of each measurement into a column of the metric's name, for the metrics that are asked for (names or patterns), and keeps only these, the time and the BY fields.</summary>
public sealed record MetricColumnsStage(IReadOnlyList<string> Metrics, IReadOnlyList<string> By) : Stage
{
    /// <inheritdoc/>
    public override string Command => "mstats";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of([.. By, "metric_name", "_value", "_time"]);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new MetricColumnsOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"metrics {string.Join(' ', Metrics)}";

    sealed class MetricColumnsOperator(MetricColumnsStage stage) : Operator
    {
        public override bool Push(Batch batch)
        {
            if (batch.Find("metric_name") is not { } names || batch.Find("_value") is not { } values) return true;
            var columns = stage.By.Append("_time").Append("_value").Select(batch.Find).OfType<Column>().ToList();
            var metrics = new Dictionary<string, Value[]>(StringComparer.Ordinal);
            for (var row = 0; row < batch.Count; row++)
            {
                var name = names.Values[row].ToString();
                if (!stage.Metrics.Any(metric => FieldArgument.Covers(metric, name))) continue;
                if (!metrics.TryGetValue(name, out var cells)) metrics[name] = cells = new Value[batch.Count];
                cells[row] = values.Values[row];
            }
            // A dimension goes before a metric of its name.
            columns.AddRange(metrics.Where(metric => !columns.Exists(column => column.Name == metric.Key)).Select(metric => new Column(metric.Key, metric.Value)));
            return Next.Push(new Batch(batch.Count, [.. columns]));
        }
    }
}
