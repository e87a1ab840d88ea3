using Karst.Engine.Paths;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the values at a path in JSON or XML text.</summary>
sealed class Spath : Function
{
    public override string Name => "spath";

    public override string Usage => "spath(text, path)";

    public override string Summary => "Gives the values at a path in JSON or XML text.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1 || arguments[1].Count != 1 || ValuePath.Parse(arguments[1].ToString()) is not { } path) return Value.Null;
        var found = new List<Value>();
        var text = Slice.Of(arguments[0]).Trimmed();
        if (text.Length == 0) return Value.Null;
        if (text.Bytes[0] == '<') XmlFields.Find(text, path, found);
        else if (text.Bytes[0] is (byte)'{' or (byte)'[') JsonPath.Find(text, path, found);
        return Value.FromMany(found);
    }
}
