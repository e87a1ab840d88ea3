namespace Karst.Engine.Functions;

/// <summary>Gives the sine of an angle in radians.</summary>
sealed class Sin : NumberFunction
{
    public override string Name => "sin";

    public override string Usage => "sin(number)";

    public override string Summary => "Gives the sine of an angle in radians.";

    protected override double Compute(double number) => Math.Sin(number);
}
