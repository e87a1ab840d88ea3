namespace Karst.Engine.Functions;

/// <summary>Gives the inverse hyperbolic tangent.</summary>
sealed class Atanh : NumberFunction
{
    public override string Name => "atanh";

    public override string Usage => "atanh(number)";

    public override string Summary => "Gives the inverse hyperbolic tangent.";

    protected override double Compute(double number) => Math.Atanh(number);
}
