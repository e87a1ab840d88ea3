using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>The numbers among some values, each of several values counting.</summary>
static class Numbers
{
    /// <summary>How many there are, and their sum.</summary>
    internal static (int Count, double Sum) Add(ReadOnlySpan<Value> values)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in values)
        {
            for (var i = 0; i < value.Count; i++)
            {
                if (!value[i].TryNumber(out var number)) continue;
                count++;
                sum += number;
            }
        }
        return (count, sum);
    }
}
