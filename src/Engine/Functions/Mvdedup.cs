using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Keeps the first of equal values, in order.</summary>
sealed class Mvdedup : Function
{
    public override string Name => "mvdedup";

    public override string Usage => "mvdedup(values)";

    public override string Summary => "Keeps the first of equal values, in order.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (!arguments[0].IsMultivalue) return arguments[0];
        var seen = new HashSet<Value>();
        var kept = new List<Value>();
        for (var i = 0; i < arguments[0].Count; i++)
            if (seen.Add(arguments[0][i])) kept.Add(arguments[0][i]);
        return Value.FromMany(kept);
    }
}
