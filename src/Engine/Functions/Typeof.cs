using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Names the type of a value.</summary>
sealed class Typeof : Function
{
    public override string Name => "typeof";

    public override string Usage => "typeof(value)";

    public override string Summary => "Names the type of a value.";

    public override (int Least, int Most) Arity => (1, 1);

    static readonly Value s_number = Value.FromText("Number");
    static readonly Value s_string = Value.FromText("String");
    static readonly Value s_boolean = Value.FromText("Boolean");
    static readonly Value s_many = Value.FromText("Multivalue");
    static readonly Value s_none = Value.FromText("Invalid");

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) => arguments[0] switch
    {
        { IsNull: true } => s_none,
        { IsBool: true } => s_boolean,
        { IsMultivalue: true } => s_many,
        var value => value.TryNumber(out _) ? s_number : s_string,
    };
}
