using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>An accumulator that takes numbers and passes over everything else; text that is wholly a number counts.</summary>
abstract class NumberAccumulator : Accumulator
{
    public sealed override void Add(Value value, double time)
    {
        if (!value.IsMultivalue)
        {
            if (value.TryNumber(out var single)) Take(single);
            return;
        }
        for (var i = 0; i < value.Count; i++)
            if (value[i].TryNumber(out var number)) Take(number);
    }

    /// <summary>Takes one number.</summary>
    protected abstract void Take(double number);
}
