namespace Karst.Engine.Functions;

/// <summary>Gives the square root.</summary>
sealed class Sqrt : NumberFunction
{
    public override string Name => "sqrt";

    public override string Usage => "sqrt(number)";

    public override string Summary => "Gives the square root.";

    protected override double Compute(double number) => Math.Sqrt(number);
}
