using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Lists the distinct values of a field, sorted by their UTF-8 bytes.</summary>
sealed class Values : Aggregate
{
    public override string Name => "values";

    public override string Usage => "values(field)";

    public override string Summary => "Lists the distinct values of a field, sorted by their UTF-8 bytes.";

    public override Accumulator Open(double number, RunContext run) => new Distinct();

    sealed class Distinct : Accumulator
    {
        readonly TextIndex _values = new();

        public override long Bytes => 24 + _values.Bytes;

        public override void Add(Value value, double time)
        {
            Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
            for (var i = 0; i < value.Count; i++) _values.Add(ScalarText.Of(value[i], scratch), out _);
        }

        public override Value Result()
        {
            var values = new Value[_values.Count];
            for (var i = 0; i < values.Length; i++) values[i] = _values.ValueAt(i);
            Array.Sort(values, static (left, right) => left.Utf8.SequenceCompareTo(right.Utf8));
            return Value.FromMany(values);
        }
    }
}
