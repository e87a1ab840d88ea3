using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the last value in the order of the rows; events come newest first.</summary>
sealed class Last : Aggregate
{
    public override string Name => "last";

    public override string Usage => "last(field)";

    public override string Summary => "Gives the last value in the order of the rows; events come newest first.";

    public override bool NeedsOrder => true;

    public override Accumulator Open(double number, RunContext run) => new Keeping();

    sealed class Keeping : Accumulator
    {
        Value _value;

        public override long Bytes => 40 + _value.Utf8.Length;

        public override void Add(Value value, double time)
        {
            if (!value.IsNull) _value = value[value.Count - 1].Detach();
        }

        public override Value Result() => _value;
    }
}
