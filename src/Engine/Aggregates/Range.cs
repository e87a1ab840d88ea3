using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the greatest number of a field less the least.</summary>
sealed class Range : Aggregate
{
    public override string Name => "range";

    public override string Usage => "range(field)";

    public override string Summary => "Gives the greatest number of a field less the least.";

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Ranging();

    sealed class Ranging : NumberAccumulator
    {
        double _least = double.PositiveInfinity;
        double _greatest = double.NegativeInfinity;

        public override long Bytes => 32;

        public override Value Result() => _least > _greatest ? Value.Null : Value.FromNumber(_greatest - _least);

        protected override void Take(double number)
        {
            _least = Math.Min(_least, number);
            _greatest = Math.Max(_greatest, number);
        }
    }
}
