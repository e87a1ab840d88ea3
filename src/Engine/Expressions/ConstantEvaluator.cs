using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>A value that is the same for every row.</summary>
public sealed class ConstantEvaluator(Value value) : Evaluator
{
    /// <summary>The value.</summary>
    public Value Value { get; } = value;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override bool IsBoolean => Value.IsBool;

    /// <inheritdoc/>
    public override Value Evaluate(in Row row) => Value;

    /// <summary>The constant that a constant evaluator gives; the evaluator itself when computing it fails, so that the run says why.</summary>
    internal static Evaluator Compute(Evaluator evaluator)
    {
        if (evaluator is ConstantEvaluator) return evaluator;
        try
        {
            return new ConstantEvaluator(evaluator.Evaluate(new Row([], 0, new RunContext { Now = 0 })).Detach());
        }
        catch (SearchFailedException)
        {
            return evaluator;
        }
    }
}
