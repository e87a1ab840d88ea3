using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the value that comes most often; of equally frequent ones the first by text.</summary>
sealed class Mode : Aggregate
{
    public override string Name => "mode";

    public override string Usage => "mode(field)";

    public override string Summary => "Gives the value that comes most often; of equally frequent ones the first by text.";

    public override Accumulator Open(double number, RunContext run) => new Frequencies();

    sealed class Frequencies : Accumulator
    {
        readonly TextIndex _values = new();
        readonly List<long> _counts = [];

        public override long Bytes => 48 + _values.Bytes + (8L * _counts.Capacity);

        public override void Add(Value value, double time)
        {
            Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
            for (var i = 0; i < value.Count; i++)
            {
                var index = _values.Add(ScalarText.Of(value[i], scratch), out var added);
                if (added) _counts.Add(0);
                _counts[index]++;
            }
        }

        public override Value Result()
        {
            var best = -1;
            for (var i = 0; i < _counts.Count; i++)
                if (best < 0 || _counts[i] > _counts[best] || (_counts[i] == _counts[best] && _values[i].SequenceCompareTo(_values[best]) < 0)) best = i;
            return best < 0 ? Value.Null : _values.ValueAt(best).Detach();
        }
    }
}
