namespace Karst.Engine.Functions;

/// <summary>Gives the inverse hyperbolic sine.</summary>
sealed class Asinh : NumberFunction
{
    public override string Name => "asinh";

    public override string Usage => "asinh(number)";

    public override string Summary => "Gives the inverse hyperbolic sine.";

    protected override double Compute(double number) => Math.Asinh(number);
}
