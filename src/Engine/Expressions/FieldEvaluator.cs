using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>A field of the row.</summary>
public sealed class FieldEvaluator(int slot, string name) : Evaluator
{
    /// <summary>The slot of the field.</summary>
    public int Slot { get; } = slot;

    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override Value Evaluate(in Row row) => row[Slot];
}
