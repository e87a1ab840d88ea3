using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>
/// The value with the earliest or latest time; rows without a time are passed over. Of equal times the row that comes last is the
/// earliest and the one that comes first the latest, because events come newest first.
/// </summary>
sealed class ByTime(bool latest, bool givesTime) : Accumulator
{
    Value _value;
    double _time = double.NaN;

    public override long Bytes => 56 + _value.Utf8.Length;

    public override void Add(Value value, double time)
    {
        if (value.IsNull || double.IsNaN(time)) return;
        if (latest ? time <= _time : time > _time) return;
        _time = time;
        if (!givesTime) _value = value[latest ? 0 : value.Count - 1].Detach();
    }

    public override Value Result() => givesTime ? Value.FromNumber(_time) : _value;
}
