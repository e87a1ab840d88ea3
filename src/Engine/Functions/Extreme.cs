using Karst.Engine.Expressions;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>The least or greatest of some values, absent ones left out.</summary>
static class Extreme
{
    internal static Value Of(ReadOnlySpan<Value> values, bool greatest)
    {
        var best = Value.Null;
        foreach (var value in values)
        {
            for (var i = 0; i < value.Count; i++)
            {
                if (best.IsNull) best = value[i];
                else if (ValueOrder.CompareForRows(value[i], best) is var order && (greatest ? order > 0 : order < 0)) best = value[i];
            }
        }
        return best;
    }
}
