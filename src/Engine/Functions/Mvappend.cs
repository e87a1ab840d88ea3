using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Puts values one after another into one multivalue.</summary>
sealed class Mvappend : Function
{
    public override string Name => "mvappend";

    public override string Usage => "mvappend(value, ...)";

    public override string Summary => "Puts values one after another into one multivalue.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var all = new List<Value>();
        foreach (var argument in arguments)
            for (var i = 0; i < argument.Count; i++) all.Add(argument[i]);
        return Value.FromMany(all);
    }
}
