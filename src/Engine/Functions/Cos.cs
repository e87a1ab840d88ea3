namespace Karst.Engine.Functions;

/// <summary>Gives the cosine of an angle in radians.</summary>
sealed class Cos : NumberFunction
{
    public override string Name => "cos";

    public override string Usage => "cos(number)";

    public override string Summary => "Gives the cosine of an angle in radians.";

    protected override double Compute(double number) => Math.Cos(number);
}
