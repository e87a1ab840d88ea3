using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Drops repeated rows (Splunk search reference, uniq).</summary>
sealed class Uniq : Command
{
    public override string Name => "uniq";

    public override string Usage => "uniq";

    public override string Summary => "Drops each row that equals the one before it.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        new ArgumentReader(syntax).ExpectEnd();
        return new UniqStage { At = syntax.Span };
    }
}

/// <summary>Rows that differ from the one before them in some field.</summary>
public sealed record UniqStage : Stage
{
    /// <inheritdoc/>
    public override string Command => "uniq";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    // All fields decide whether rows are equal.
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new UniqOperator();

    sealed class UniqOperator : Operator
    {
        Dictionary<string, Value>? _before;

        public override bool Push(Batch batch)
        {
            var kept = new List<int>(batch.Count);
            for (var row = 0; row < batch.Count; row++)
                if (row > 0 ? !Equal(batch, row - 1, row) : _before is null || !EqualsBefore(batch)) kept.Add(row);
            if (batch.Count > 0) Remember(batch);
            return kept.Count == 0 || Next.Push(kept.Count == batch.Count ? batch : batch.Select([.. kept]));
        }

        static bool Equal(Batch batch, int one, int other)
        {
            foreach (var column in batch.Columns)
                if (column.Values[one] != column.Values[other]) return false;
            return true;
        }

        // An absent field and one that has no column are the same.
        bool EqualsBefore(Batch batch)
        {
            var found = 0;
            foreach (var column in batch.Columns)
            {
                if (column.Values[0].IsNull) continue;
                if (!_before!.TryGetValue(column.Name, out var value) || value != column.Values[0]) return false;
                found++;
            }
            return found == _before!.Count;
        }

        void Remember(Batch batch)
        {
            _before = new Dictionary<string, Value>(StringComparer.Ordinal);
            foreach (var column in batch.Columns)
                if (column.Values[batch.Count - 1] is { IsNull: false } value) _before[column.Name] = value.Detach();
        }
    }
}
