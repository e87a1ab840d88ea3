using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the rows for which an expression is true.</summary>
sealed class Where : Command
{
    public override string Name => "where";

    public override string Usage => "where <condition>";

    public override string Summary => "Keeps the rows for which an eval condition is true; rows for which it is unknown are dropped.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var expression = SplParser.ParseEval(syntax.Source, syntax.ArgumentsSpan);
        return new WhereStage(ExpressionBinder.BindCondition(expression, "`where`")) { At = syntax.Span };
    }
}

/// <summary>A filter by an eval condition.</summary>
public sealed record WhereStage(BoundExpression Condition) : Stage
{
    /// <inheritdoc/>
    public override string Command => "where";

    /// <summary>The fields that the condition reads.</summary>
    public FieldSet Reads { get; } = FieldSet.Of(Condition.Fields);

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Union(Reads);

    /// <inheritdoc/>
    public override FieldSet? FilterReads => Reads;

    /// <inheritdoc/>
    public override Stage Simplify() => new WhereStage(Condition.Fold()) { At = At };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new WhereOperator(Condition.Open(run));

    /// <inheritdoc/>
    public override string Describe() => $"where {Condition.Text}";

    sealed class WhereOperator(ExpressionRun condition) : Operator
    {
        int[] _kept = [];

        public override bool Push(Batch batch)
        {
            if (_kept.Length < batch.Count) _kept = new int[batch.Count];
            condition.Start(batch);
            var count = 0;
            for (var row = 0; row < batch.Count; row++)
                if (condition.IsTrue(row)) _kept[count++] = row;
            if (count == 0) return true;
            return Next.Push(count == batch.Count ? batch : batch.Select(_kept.AsSpan(0, count)));
        }
    }
}
