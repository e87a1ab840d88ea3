namespace Karst.Engine.Functions;

/// <summary>Gives e to the power of a number.</summary>
sealed class Exp : NumberFunction
{
    public override string Name => "exp";

    public override string Usage => "exp(number)";

    public override string Summary => "Gives e to the power of a number.";

    protected override double Compute(double number) => Math.Exp(number);
}
