using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>`x IN (a, b)` and `in(x, a, b)`: equal to one of the values, exactly, without wildcards; unknown when x is absent.</summary>
public sealed class InEvaluator(Evaluator operand, Evaluator[] values) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => operand.IsConstant && Array.TrueForAll(values, static value => value.IsConstant);

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new InEvaluator(operand.Fold(), Array.ConvertAll(values, static value => value.Fold()));

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var sought = operand.Evaluate(row);
        if (sought.IsNull) return Value.Null;
        var unknown = false;
        foreach (var evaluator in values)
        {
            var value = evaluator.Evaluate(row);
            unknown |= value.IsNull;
            for (var i = 0; i < sought.Count; i++)
                for (var j = 0; j < value.Count; j++)
                    if (ValueOrder.AreEqual(sought[i], value[j])) return Value.FromBool(true);
        }
        return unknown ? Value.Null : Value.FromBool(false);
    }
}
