using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Counts distinct values, as text.</summary>
sealed class DistinctCounting : Accumulator
{
    readonly TextIndex _values = new();

    public override long Bytes => 24 + _values.Bytes;

    public override void Add(Value value, double time)
    {
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        for (var i = 0; i < value.Count; i++) _values.Add(ScalarText.Of(value[i], scratch), out _);
    }

    public override Value Result() => Value.FromNumber(_values.Count);
}
