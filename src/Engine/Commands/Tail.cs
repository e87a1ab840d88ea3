using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the last rows, the last one first.</summary>
sealed class Tail : Command
{
    public override string Name => "tail";

    public override string Usage => "tail [<count>]";

    public override string Summary => "Keeps the last rows, 10 of them if no number is given, the last one first.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var count = reader.AtEnd ? 10 : OptionValue.Whole(syntax, "count", reader.Take());
        reader.ExpectEnd();
        return new TailStage(count) { At = syntax.Span };
    }
}

/// <summary>The last rows in reverse order; null is all (`reverse`).</summary>
public sealed record TailStage(int? Count) : Stage
{
    /// <inheritdoc/>
    public override string Command => Count is null ? "reverse" : "tail";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TailOperator(Command, Count, run);

    /// <inheritdoc/>
    public override string Describe() => Count is { } count ? $"tail {count}" : "reverse";

    sealed class TailOperator(string command, int? count, RunContext run) : KeptRows(command, run)
    {
        public override bool Push(Batch batch)
        {
            base.Push(batch);
            if (count is { } most && Rows.Count > 2L * most + 20_000)
            {
                var rows = new RowStore();
                foreach (var kept in Rows.ToBatches([.. Enumerable.Range(Rows.Count - most, most)], Run.BatchSize)) rows.Add(kept);
                Rows = rows;
            }
            return true;
        }

        // Splunk's tail gives the rows out from the end of the results on.
        protected override void GiveOut()
        {
            var many = Math.Min(count ?? int.MaxValue, Rows.Count);
            PassOn(Rows.ToBatches([.. Enumerable.Range(Rows.Count - many, many).Reverse()], Run.BatchSize));
        }
    }
}
