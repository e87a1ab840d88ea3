using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>All numbers of a field, from whose sorted order one is picked.</summary>
sealed class Ranking(Func<double[], double> pick) : NumberAccumulator
{
    readonly List<double> _numbers = [];

    public override long Bytes => 48 + (8L * _numbers.Capacity);

    public override Value Result()
    {
        if (_numbers.Count == 0) return Value.Null;
        double[] sorted = [.. _numbers];
        Array.Sort(sorted);
        return Value.FromNumber(pick(sorted));
    }

    /// <summary>The nearest rank, as Splunk has it: always one of the numbers, never one between two.</summary>
    // In decimal, because 0.55 * 100 is more than 55 in binary and would be the next rank.
    internal static double Nearest(double[] sorted, double percent) =>
        sorted[(int)Math.Clamp(Math.Ceiling((decimal)percent * sorted.Length / 100) - 1, 0, sorted.Length - 1)];

    protected override void Take(double number) => _numbers.Add(number);
}
