using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the value at a place, or those up to an end; places count from 0, or from the end when negative.</summary>
sealed class Mvindex : Function
{
    public override string Name => "mvindex";

    public override string Usage => "mvindex(values, start [, end])";

    public override string Summary => "Gives the value at a place, or those up to an end; places count from 0, or from the end when negative.";

    public override (int Least, int Most) Arity => (2, 3);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var values = arguments[0];
        if (values.IsNull || !arguments[1].TryNumber(out var from)) return Value.Null;
        var to = from;
        if (arguments.Length > 2 && !arguments[2].TryNumber(out to)) return Value.Null;
        var start = Place(from, values.Count);
        var end = Place(to, values.Count);
        if (start < 0 || start >= values.Count || end < start) return Value.Null;
        end = Math.Min(end, values.Count - 1);
        if (start == end) return values[(int)start];
        var part = new Value[(int)(end - start) + 1];
        for (var i = 0; i < part.Length; i++) part[i] = values[(int)start + i];
        return Value.FromMany(part);
    }

    static double Place(double place, int count) => Math.Truncate(place) < 0 ? count + Math.Truncate(place) : Math.Truncate(place);
}
