using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Gives how fast the numbers of a field grow: latest less earliest, by the seconds between them.</summary>
sealed class Rate : Aggregate
{
    public override string Name => "rate";

    public override string Usage => "rate(field)";

    public override string Summary => "Gives how fast the numbers of a field grow: latest less earliest, by the seconds between them.";

    public override bool NeedsTime => true;

    public override bool IsNumeric => true;

    public override Accumulator Open(double number, RunContext run) => new Growing();

    sealed class Growing : Accumulator
    {
        readonly ByTime _earliest = new(latest: false, givesTime: false);
        readonly ByTime _latest = new(latest: true, givesTime: false);
        readonly ByTime _start = new(latest: false, givesTime: true);
        readonly ByTime _end = new(latest: true, givesTime: true);

        public override long Bytes => 48 + _earliest.Bytes + _latest.Bytes + _start.Bytes + _end.Bytes;

        public override void Add(Value value, double time)
        {
            _earliest.Add(value, time);
            _latest.Add(value, time);
            _start.Add(value, time);
            _end.Add(value, time);
        }

        public override Value Result()
        {
            var seconds = _end.Result().Number - _start.Result().Number;
            return seconds > 0 && _earliest.Result().TryNumber(out var first) && _latest.Result().TryNumber(out var last)
                ? Value.FromNumber((last - first) / seconds)
                : Value.Null;
        }
    }
}
