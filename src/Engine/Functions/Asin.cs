namespace Karst.Engine.Functions;

/// <summary>Gives the arc sine, from -pi/2 to pi/2.</summary>
sealed class Asin : NumberFunction
{
    public override string Name => "asin";

    public override string Usage => "asin(number)";

    public override string Summary => "Gives the arc sine, from -pi/2 to pi/2.";

    protected override double Compute(double number) => Math.Asin(number);
}
