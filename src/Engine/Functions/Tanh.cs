namespace Karst.Engine.Functions;

/// <summary>Gives the hyperbolic tangent.</summary>
sealed class Tanh : NumberFunction
{
    public override string Name => "tanh";

    public override string Usage => "tanh(number)";

    public override string Summary => "Gives the hyperbolic tangent.";

    protected override double Compute(double number) => Math.Tanh(number);
}
