using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives a Boolean for a word or a number that stands for one.</summary>
sealed class Tobool : Function
{
    public override string Name => "tobool";

    public override string Usage => "tobool(value)";

    public override string Summary => "Gives a Boolean for a word or a number that stands for one.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var value = arguments[0];
        if (value.IsBool) return value;
        if (value.TryNumber(out var number)) return Value.FromBool(number != 0);
        if (!value.IsText) return Value.Null;
        return value.ToString().ToUpperInvariant() switch
        {
            "TRUE" or "T" or "YES" or "Y" or "ON" => Value.FromBool(true),
            "FALSE" or "F" or "NO" or "N" or "OFF" => Value.FromBool(false),
            _ => Value.Null,
        };
    }
}
