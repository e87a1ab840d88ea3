namespace Karst.Engine.Functions;

/// <summary>Gives the natural logarithm.</summary>
sealed class Ln : NumberFunction
{
    public override string Name => "ln";

    public override string Usage => "ln(number)";

    public override string Summary => "Gives the natural logarithm.";

    protected override double Compute(double number) => Math.Log(number);
}
