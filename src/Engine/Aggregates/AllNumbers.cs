using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>`allnum=true`: gives nothing once a value was no number.</summary>
sealed class AllNumbers(Accumulator inner) : Accumulator
{
    bool _spoiled;

    public override long Bytes => inner.Bytes + 24;

    public override void Add(Value value, double time)
    {
        for (var i = 0; i < value.Count; i++) _spoiled |= !value[i].TryNumber(out _);
        if (!_spoiled) inner.Add(value, time);
    }

    public override Value Result() => _spoiled ? Value.Null : inner.Result();
}
