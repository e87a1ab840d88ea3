using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the first value, or absent when both are equal.</summary>
sealed class Nullif : Function
{
    public override string Name => "nullif";

    public override string Usage => "nullif(value, other)";

    public override string Summary => "Gives the first value, or absent when both are equal.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1 || arguments[1].Count != 1) return arguments[0].Equals(arguments[1]) ? Value.Null : arguments[0];
        return ValueOrder.AreEqual(arguments[0], arguments[1]) ? Value.Null : arguments[0];
    }
}
