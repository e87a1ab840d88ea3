using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Counts the rows, or the values of a field.</summary>
sealed class Count : Aggregate
{
    public override string Name => "count";

    public override IReadOnlyList<string> Aliases => ["c"];

    public override string Usage => "count[(field)]";

    public override string Summary => "Counts the rows, or the values of a field.";

    public override bool IsFieldOptional => true;

    public override Accumulator Open(double number, RunContext run) => new Counting();

    sealed class Counting : Accumulator
    {
        long _count;

        public override long Bytes => 24;

        public override void Add(Value value, double time) => _count += value.Count;

        public override Value Result() => Value.FromNumber(_count);
    }
}
