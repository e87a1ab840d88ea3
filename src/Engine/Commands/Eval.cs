using Karst.Engine.Expressions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Computes fields.</summary>
sealed class Eval : Command
{
    public override string Name => "eval";

    public override string Usage => "eval <field>=<expression> [, <field>=<expression>] ...";

    public override string Summary => "Computes fields from expressions, from left to right; an absent result takes the field away.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var parsed = SplParser.ParseAssignments(syntax.Source, syntax.ArgumentsSpan);
        return new EvalStage([.. parsed.Select(assignment => Bind(assignment, context))]) { At = syntax.Span };
    }

    static Assignment Bind(EvalAssignment syntax, BindContext context)
    {
        var expression = context.BindEval(syntax.Expression);
        if (expression.Root.IsBoolean) throw ExpressionErrors.BooleanResult(syntax.Target, syntax.Expression.Span);
        return new Assignment(EvalTarget.Parse(syntax.Target), expression);
    }
}

/// <summary>One field and what is put into it.</summary>
public sealed record Assignment(EvalTarget Target, BoundExpression Expression);

/// <summary>Assignments in order; each sees the fields that those before it set.</summary>
public sealed record EvalStage(IReadOnlyList<Assignment> Assignments) : Stage
{
    /// <inheritdoc/>
    public override string Command => "eval";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes { get; } = FieldSet.Of(Assignments.Select(assignment => assignment.Target.Pattern));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        foreach (var (target, expression) in Assignments.Reverse())
        {
            if (!after.Overlaps(FieldSet.Of(target.Pattern))) continue;
            if (target.Name is { } name) after = after.Without(name);
            after = after.With(expression.Fields).With(target.Fields);
        }
        return after;
    }

    /// <inheritdoc/>
    public override Stage Simplify() =>
        new EvalStage([.. Assignments.Select(assignment => assignment with { Expression = assignment.Expression.Fold() })]) { At = At };

    /// <inheritdoc/>
    public override bool IsShareable => Assignments.All(assignment => assignment.Target.Name is not null && assignment.Expression.IsRepeatable);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new EvalOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"eval {string.Join(", ", Assignments.Select(assignment => $"{assignment.Target}={assignment.Expression.Text}"))}";

    sealed class EvalOperator : Operator
    {
        readonly (EvalTarget Target, ExpressionRun Run)[] _assignments;
        readonly Value[][] _values;
        readonly RunContext _run;

        internal EvalOperator(EvalStage stage, RunContext run)
        {
            _assignments = [.. stage.Assignments.Select(assignment => (assignment.Target, assignment.Expression.Open(run)))];
            _values = new Value[_assignments.Length][];
            _run = run;
        }

        public override bool Push(Batch batch)
        {
            var bytes = 0L;
            for (var i = 0; i < _assignments.Length; i++)
            {
                var (target, expression) = _assignments[i];
                // Batches hold only until Push returns, so the arrays serve again.
                var values = _values[i] is { } old && old.Length >= batch.Count ? old : _values[i] = new Value[batch.Count];
                expression.Start(batch);
                for (var row = 0; row < batch.Count; row++)
                {
                    var value = expression.Evaluate(row);
                    values[row] = value.IsBool ? value.AsText() : value;
                    bytes += value.KeptBytes;
                    if (bytes > _run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("eval", _run.Limits.MemoryBytes));
                }
                batch = target.Name is { } name ? batch.With(name, values) : target.Assign(batch, values);
            }
            return Next.Push(batch);
        }
    }
}
