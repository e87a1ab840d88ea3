using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>
/// `+ - * / %` over numbers; text that is wholly a number counts. `+` joins two texts that are no numbers. Anything else, division by zero, and several
/// values give absent.
/// </summary>
public sealed class ArithmeticEvaluator(char symbol, Evaluator left, Evaluator right) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new ArithmeticEvaluator(symbol, left.Fold(), right.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var first = left.Evaluate(row);
        var second = right.Evaluate(row);
        var isNumber = first.TryNumber(out var x);
        if (!second.TryNumber(out var y) || !isNumber)
        {
            // A field whose text is a number is one, so "2"+"x" is no sum and no join.
            var joins = symbol == '+' && !isNumber && first.IsText && second.IsText && !second.TryNumber(out _);
            return joins ? ConcatEvaluator.Join(first, second) : Value.Null;
        }
        return symbol switch
        {
            '+' => Value.FromNumber(x + y),
            '-' => Value.FromNumber(x - y),
            '*' => Value.FromNumber(x * y),
            '/' => y == 0 ? Value.Null : Value.FromNumber(x / y),
            _ => y == 0 ? Value.Null : Value.FromNumber(x % y),
        };
    }
}

/// <summary>`-x`: absent when x is no number.</summary>
public sealed class NegateEvaluator(Evaluator operand) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsConstant => operand.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new NegateEvaluator(operand.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row) => operand.Evaluate(row).TryNumber(out var number) ? Value.FromNumber(-number) : Value.Null;
}
