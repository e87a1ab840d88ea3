using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Sorts values by their UTF-8 bytes: 10, 9, B, a.</summary>
sealed class Mvsort : Function
{
    public override string Name => "mvsort";

    public override string Usage => "mvsort(values)";

    public override string Summary => "Sorts values by their UTF-8 bytes: 10, 9, B, a.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].IsMultivalue) return arguments[0];
        var values = new Value[arguments[0].Count];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[0][i];
        Array.Sort(values, ValueOrder.CompareText);
        return Value.FromMany(values);
    }
}
