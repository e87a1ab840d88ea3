using Karst.Engine.Running;
using Karst.Events;
using System.Globalization;

namespace Karst.Engine.Functions;

/// <summary>Gives the part of an IPv4 address that a mask covers.</summary>
sealed class Ipmask : Function
{
    public override string Name => "ipmask";

    public override string Usage => "ipmask(mask, ip)";

    public override string Summary => "Gives the part of an IPv4 address that a mask covers.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        Address(arguments[0]) is { } mask && Address(arguments[1]) is { } address
            ? Value.FromText(string.Join('.', mask.Zip(address, static (one, other) => (one & other).ToString(CultureInfo.InvariantCulture))))
            : Value.Null;

    // Four parts from 0 to 255: shorter forms mean different addresses to different readers.
    static int[]? Address(Value value)
    {
        if (value.Count != 1) return null;
        var parts = value.ToString().Split('.');
        if (parts.Length != 4) return null;
        var numbers = new int[4];
        for (var i = 0; i < 4; i++)
            if (parts[i].Length > 3 || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > 255) return null;
        return numbers;
    }
}
