using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>The row that an expression looks at: the columns of its fields by slot, and the row's index.</summary>
public readonly ref struct Row(Column?[] columns, int index, RunContext run)
{
    /// <summary>The columns by slot; null where no row of the batch has the field.</summary>
    public Column?[] Columns { get; } = columns;

    /// <summary>The row's index in the batch.</summary>
    public int Index { get; } = index;

    /// <summary>The run: clock, zone, limits, messages.</summary>
    public RunContext Run { get; } = run;

    /// <summary>A field's value by slot.</summary>
    public Value this[int slot] => Columns[slot] is { } column ? column.Values[Index] : Value.Null;
}

/// <summary>A bound expression's node. Immutable; may be used by several runs at once.</summary>
public abstract class Evaluator
{
    /// <summary>The value for a row; Booleans are Boolean values, unknown is absent.</summary>
    public abstract Value Evaluate(in Row row);

    /// <summary>The same for every row, so that it can be computed once.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Gives a Boolean (or absent), which eval may not assign to a field.</summary>
    public virtual bool IsBoolean => false;

    /// <summary>The same evaluator with its constant parts computed. Nodes with parts override <see cref="FoldParts"/>.</summary>
    public Evaluator Fold() => IsConstant ? ConstantEvaluator.Compute(this) : FoldParts();

    /// <summary>This node, not constant as a whole, with its parts folded.</summary>
    protected virtual Evaluator FoldParts() => this;
}

/// <summary>An expression bound to slots: <see cref="Fields"/> names the field of each slot.</summary>
public sealed record BoundExpression(Evaluator Root, IReadOnlyList<string> Fields)
{
    /// <summary>The expression as text, for `--plan`.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same row gives the same value whenever it is looked at in a run: no `random()`.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The same expression with its constant parts computed.</summary>
    public BoundExpression Fold() => this with { Root = Root.Fold() };

    /// <summary>The state of one run.</summary>
    public ExpressionRun Open(RunContext run) => new(this, run);
}

/// <summary>An expression in a run: <see cref="Start"/> once a batch, then <see cref="Evaluate"/> a row.</summary>
public sealed class ExpressionRun(BoundExpression expression, RunContext run)
{
    readonly Column?[] _columns = new Column?[expression.Fields.Count];

    /// <summary>Finds the fields' columns in a batch.</summary>
    public void Start(Batch batch)
    {
        for (var slot = 0; slot < _columns.Length; slot++) _columns[slot] = batch.Find(expression.Fields[slot]);
    }

    /// <summary>The value for a row of the batch.</summary>
    public Value Evaluate(int row) => expression.Root.Evaluate(new Row(_columns, row, run));

    /// <summary>The value is the Boolean true.</summary>
    public bool IsTrue(int row) => Evaluate(row).IsTrue;
}
