namespace Karst.Engine.Functions;

/// <summary>Gives the hyperbolic sine.</summary>
sealed class Sinh : NumberFunction
{
    public override string Name => "sinh";

    public override string Usage => "sinh(number)";

    public override string Summary => "Gives the hyperbolic sine.";

    protected override double Compute(double number) => Math.Sinh(number);
}
