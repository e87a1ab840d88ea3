using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>`a AND b AND ...`: false when one is, else unknown when one is, else true.</summary>
public sealed class AndEvaluator(Evaluator[] terms) : Evaluator
{
    /// <summary>The terms in order.</summary>
    public IReadOnlyList<Evaluator> Terms => terms;

    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => Array.TrueForAll(terms, static term => term.IsConstant);

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new AndEvaluator(Array.ConvertAll(terms, static term => term.Fold()));

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var result = Value.FromBool(true);
        foreach (var term in terms)
        {
            var value = term.Evaluate(row);
            if (value.IsTrue) continue;
            if (value.IsBool) return value;
            result = Value.Null;
        }
        return result;
    }
}

/// <summary>`a OR b OR ...`: true when one is, else unknown when one is, else false.</summary>
public sealed class OrEvaluator(Evaluator[] terms) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => Array.TrueForAll(terms, static term => term.IsConstant);

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new OrEvaluator(Array.ConvertAll(terms, static term => term.Fold()));

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var result = Value.FromBool(false);
        foreach (var term in terms)
        {
            var value = term.Evaluate(row);
            if (value.IsTrue) return value;
            if (!value.IsBool) result = Value.Null;
        }
        return result;
    }
}

/// <summary>`a XOR b`: unknown when either is.</summary>
public sealed class XorEvaluator(Evaluator left, Evaluator right) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new XorEvaluator(left.Fold(), right.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var first = left.Evaluate(row);
        var second = right.Evaluate(row);
        return first.IsBool && second.IsBool ? Value.FromBool(first.IsTrue != second.IsTrue) : Value.Null;
    }
}

/// <summary>`NOT a`: unknown stays unknown, so that `where NOT user="x"` drops rows without a user.</summary>
public sealed class NotEvaluator(Evaluator operand) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => operand.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new NotEvaluator(operand.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var value = operand.Evaluate(row);
        return value.IsBool ? Value.FromBool(!value.IsTrue) : Value.Null;
    }
}
