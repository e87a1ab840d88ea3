namespace Karst.Engine.Functions;

/// <summary>Gives the inverse hyperbolic cosine.</summary>
sealed class Acosh : NumberFunction
{
    public override string Name => "acosh";

    public override string Usage => "acosh(number)";

    public override string Summary => "Gives the inverse hyperbolic cosine.";

    protected override double Compute(double number) => Math.Acosh(number);
}
