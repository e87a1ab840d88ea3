using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Tells whether an IP address, version 4 or 6, lies in a CIDR block.</summary>
sealed class Cidrmatch : Function
{
    public override string Name => "cidrmatch";

    public override string Usage => "cidrmatch(block, address)";

    public override string Summary => "Tells whether an IP address, version 4 or 6, lies in a CIDR block.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var (block, address) = (arguments[0], arguments[1]);
        if (block.IsNull || address.IsNull) return Value.Null;
        for (var i = 0; i < block.Count; i++)
        {
            if (!CidrBlock.TryParse(block[i].ToString(), out var parsed)) continue;
            for (var j = 0; j < address.Count; j++)
                if (parsed.Contains(address[j].AsUtf8())) return Value.FromBool(true);
        }
        return Value.FromBool(false);
    }
}
