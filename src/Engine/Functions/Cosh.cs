namespace Karst.Engine.Functions;

/// <summary>Gives the hyperbolic cosine.</summary>
sealed class Cosh : NumberFunction
{
    public override string Name => "cosh";

    public override string Usage => "cosh(number)";

    public override string Summary => "Gives the hyperbolic cosine.";

    protected override double Compute(double number) => Math.Cosh(number);
}
