using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives the error of estdc, as a part of it: 0, because the count is exact.</summary>
sealed class EstdcError : Aggregate
{
    public override string Name => "estdc_error";

    public override string Usage => "estdc_error(field)";

    public override string Summary => "Gives the error of estdc, as a part of it: 0, because the count is exact.";

    public override Accumulator Open(double number, RunContext run) => new NoError();

    sealed class NoError : Accumulator
    {
        public override void Add(Value value, double time) { }

        public override Value Result() => Value.FromNumber(0);
    }
}
