using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// The rows that an inner join behind them may find a partner for: those with a key that the subsearch gave. All rows, where the subsearch is not known yet or gave many.
/// Only as part of a <see cref="LaterFilter"/>.
/// </summary>
sealed record JoinKeysStage(IReadOnlyList<string> Fields, Plan Subsearch) : Stage
{
    const int MostRows = 10_000;

    public override string Command => "join";

    public override bool IsRowwise => true;

    public override FieldSet Writes => FieldSet.None;

    public override FieldSet? FilterReads => FieldSet.Of(Fields);

    public override FieldSet Needs(FieldSet after) => after.With(Fields);

    public override Operator Open(RunContext run) => new JoinKeysOperator(this, run);

    public override string Describe() => $"keys of join {string.Join(' ', Fields)}";

    sealed class JoinKeysOperator(JoinKeysStage stage, RunContext run) : Operator
    {
        JoinTable? _table;
        bool _isOpen;

        public override bool Push(Batch batch)
        {
            if (!_isOpen) Open();
            if (_table is null) return Next.Push(batch);
            var keys = stage.Fields.Select(batch.Find).ToArray();
            var kept = new List<int>();
            for (var row = 0; row < batch.Count; row++)
                if (_table.First(keys, row) >= 0) kept.Add(row);
            return kept.Count == 0 || Next.Push(kept.Count == batch.Count ? batch : batch.Select([.. kept]));
        }

        void Open()
        {
            _isOpen = true;
            if (run.PeekSubsearch?.Invoke(stage.Subsearch) is { Count: <= MostRows } rows) _table = new JoinTable(rows, stage.Fields, rows.Names);
        }
    }
}
