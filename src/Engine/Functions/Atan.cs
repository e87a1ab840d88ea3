namespace Karst.Engine.Functions;

/// <summary>Gives the arc tangent, from -pi/2 to pi/2.</summary>
sealed class Atan : NumberFunction
{
    public override string Name => "atan";

    public override string Usage => "atan(number)";

    public override string Summary => "Gives the arc tangent, from -pi/2 to pi/2.";

    protected override double Compute(double number) => Math.Atan(number);
}
