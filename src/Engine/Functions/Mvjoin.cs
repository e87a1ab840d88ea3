using System.Text;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Joins the values to one text.</summary>
sealed class Mvjoin : Function
{
    public override string Name => "mvjoin";

    public override string Usage => "mvjoin(values, delimiter)";

    public override string Summary => "Joins the values to one text.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].IsNull || arguments[1].Count != 1) return Value.Null;
        if (!arguments[0].IsMultivalue) return arguments[0].AsText();
        var text = new StringBuilder();
        var delimiter = arguments[1].ToString();
        for (var i = 0; i < arguments[0].Count; i++)
        {
            if (i > 0) text.Append(delimiter);
            text.Append(arguments[0][i].ToString());
        }
        return Value.FromText(text.ToString());
    }
}
