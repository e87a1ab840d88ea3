using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Count, sum, mean and spread of numbers, from which several aggregates are computed.</summary>
sealed class Moments(Func<Moments, double> result) : NumberAccumulator
{
    double _mean;
    double _spread;

    /// <summary>How many numbers.</summary>
    internal long Count { get; private set; }

    /// <summary>Their sum.</summary>
    internal double Sum { get; private set; }

    /// <summary>The sum of their squares.</summary>
    internal double SumOfSquares { get; private set; }

    /// <summary>The sum of squared distances from the mean.</summary>
    internal double Spread => _spread;

    public override long Bytes => 72;

    public override Value Result() => Count == 0 ? Value.Null : Value.FromNumber(result(this));

    protected override void Take(double number)
    {
        Count++;
        Sum += number;
        SumOfSquares += number * number;
        // Welford's way: no loss where the numbers are large and near each other, as times are.
        var distance = number - _mean;
        _mean += distance / Count;
        _spread += distance * (number - _mean);
    }
}
