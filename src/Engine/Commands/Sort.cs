using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts rows in order.</summary>
sealed class Sort : Command
{
    public override string Name => "sort";

    public override string Usage => "sort [<count>] [-|+]<field> [, [-|+]<field>]... [desc]";

    public override string Summary => "Puts rows in the order of the named fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        int? count = null;
        if (reader.TryOption(out var name, out var value))
        {
            if (name is not ("limit" or "count")) throw CommandErrors.UnknownOption(syntax, name, value.Span, "limit");
            count = OptionValue.Whole(syntax, name, value);
        }
        else if (reader.Peek() is { Kind: TokenKind.Word } first && first.Text.All(char.IsAsciiDigit) && reader.Peek(1).Kind != TokenKind.End)
            count = OptionValue.Whole(syntax, "count", reader.Take());
        var keys = SortKey.TakeAll(reader);
        if (!reader.AtEnd && reader.Take().Text.StartsWith("d", StringComparison.OrdinalIgnoreCase))
            keys = [.. keys.Select(key => key with { Descending = !key.Descending })];
        reader.ExpectEnd();
        if (keys.Count == 0) throw CommandErrors.Missing(syntax, "a field to sort by");
        return new SortStage(keys, count) { At = syntax.Span };
    }
}

/// <summary>Rows in order, at most so many: null is the limit of the run, 0 is all.</summary>
public sealed record SortStage(IReadOnlyList<SortKey> Keys, int? Count) : Stage
{
    /// <inheritdoc/>
    public override string Command => "sort";

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    // Rows with equal keys keep the order in which they came.
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Keys.Select(key => key.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SortOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"sort {(Count is { } count ? count + " " : "")}{string.Join(", ", Keys)}";

    sealed class SortOperator(SortStage stage, RunContext run) : KeptRows("sort", run)
    {
        readonly int _limit = stage.Count ?? run.Limits.SortRows;
        bool _dropped;

        public override bool Push(Batch batch)
        {
            base.Push(batch);
            // Rows that cannot be among the first are let go, so that a limit also limits memory.
            if (_limit > 0 && Rows.Count > 2L * _limit + 20_000) Shrink();
            return true;
        }

        protected override void GiveOut()
        {
            var order = RowSorter.Order(Rows, stage.Keys);
            if (_limit > 0 && order.Length > _limit)
            {
                order = order[.._limit];
                _dropped = true;
            }
            if (_dropped && stage.Count is null)
                Run.Messages.Add("sort-limit", $"`sort` kept the first {_limit} rows; `sort 0` keeps all");
            PassOn(Rows.ToBatches(order, Run.BatchSize));
        }

        void Shrink()
        {
            var kept = RowSorter.Order(Rows, stage.Keys).AsSpan(0, _limit).ToArray();
            // Equal rows are told apart by their place, so the kept ones stay in the order in which they came.
            Array.Sort(kept);
            var rows = new RowStore();
            foreach (var batch in Rows.ToBatches(kept, Run.BatchSize)) rows.Add(batch);
            Rows = rows;
            _dropped = true;
        }
    }
}
