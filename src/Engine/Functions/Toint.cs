using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the number that a value is, without its fraction; null for anything else.</summary>
sealed class Toint : Function
{
    public override string Name => "toint";

    public override string Usage => "toint(value)";

    public override string Summary => "Gives the number that a value is, without its fraction; null for anything else.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        arguments[0].IsBool ? Value.FromNumber(arguments[0].IsTrue ? 1 : 0) : arguments[0].TryNumber(out var number) ? Value.FromNumber(Math.Truncate(number)) : Value.Null;
}
