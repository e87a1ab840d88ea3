using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>The six comparisons.</summary>
public enum Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>
/// Compares two values: absent when either is. Of several values, one for which it holds is enough; for `!=` of a multivalue field
/// Splunk's page says nothing, and one value that differs is taken to be enough, as in search.
/// </summary>
public sealed class CompareEvaluator(Comparison comparison, Evaluator left, Evaluator right) : Evaluator
{
    /// <summary>Which comparison.</summary>
    public Comparison Comparison { get; } = comparison;

    /// <summary>The left side.</summary>
    public Evaluator Left { get; } = left;

    /// <summary>The right side.</summary>
    public Evaluator Right { get; } = right;

    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => Left.IsConstant && Right.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new CompareEvaluator(Comparison, Left.Fold(), Right.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var first = Left.Evaluate(row);
        if (first.IsNull) return Value.Null;
        var second = Right.Evaluate(row);
        if (second.IsNull) return Value.Null;
        if (!first.IsMultivalue && !second.IsMultivalue) return Value.FromBool(Holds(first, second));
        for (var i = 0; i < first.Count; i++)
            for (var j = 0; j < second.Count; j++)
                if (Holds(first[i], second[j])) return Value.FromBool(true);
        return Value.FromBool(false);
    }

    bool Holds(Value first, Value second) => Comparison switch
    {
        Comparison.Equal => ValueOrder.AreEqual(first, second),
        Comparison.NotEqual => !ValueOrder.AreEqual(first, second),
        Comparison.Less => ValueOrder.Compare(first, second) < 0,
        Comparison.LessOrEqual => ValueOrder.Compare(first, second) <= 0,
        Comparison.Greater => ValueOrder.Compare(first, second) > 0,
        _ => ValueOrder.Compare(first, second) >= 0,
    };
}
