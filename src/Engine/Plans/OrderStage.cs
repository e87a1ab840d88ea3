using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Plans;

/// <summary>
/// Puts events newest first, ties by their place in the input: the order in which Splunk's searches see events. Placed only where a
/// later stage or the reader of the rows depends on order. All rows are kept until the last has come, in order or not.
/// </summary>
public sealed record OrderStage : Stage
{
    /// <inheritdoc/>
    public override string Command => "order";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_time");

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new OrderOperator(run);

    /// <inheritdoc/>
    public override string Describe() => "order newest first";

    sealed class OrderOperator(RunContext run) : Operator
    {
        readonly RowStore _rows = new();

        public override bool Push(Batch batch)
        {
            _rows.Add(batch);
            if (_rows.Bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("order", run.Limits.MemoryBytes));
            return true;
        }

        public override void Finish()
        {
            var times = new double[_rows.Count];
            var rows = new int[_rows.Count];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = row;
                // Rows without a time come last.
                times[row] = _rows.Get("_time", row).TryNumber(out var time) ? -time : double.PositiveInfinity;
            }
            Array.Sort(rows, (left, right) => times[left].CompareTo(times[right]) is var order and not 0 ? order : left.CompareTo(right));
            foreach (var batch in _rows.ToBatches(rows, run.BatchSize))
                if (!Next.Push(batch)) break;
            Next.Finish();
        }
    }
}
