using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Joins the first values, the second ones, and so on; the shorter list ends it.</summary>
sealed class Mvzip : Function
{
    public override string Name => "mvzip";

    public override string Usage => "mvzip(left, right [, delimiter])";

    public override string Summary => "Joins the first values, the second ones, and so on; the shorter list ends it.";

    public override (int Least, int Most) Arity => (2, 3);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments.Length > 2 && arguments[2].Count != 1) return Value.Null;
        var delimiter = arguments.Length > 2 ? arguments[2].ToString() : ",";
        var pairs = new Value[Math.Min(arguments[0].Count, arguments[1].Count)];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = Value.FromText($"{arguments[0][i]}{delimiter}{arguments[1][i]}");
        return Value.FromMany(pairs);
    }
}
