namespace Karst.Engine.Functions;

/// <summary>Gives a number without its sign.</summary>
sealed class Abs : NumberFunction
{
    public override string Name => "abs";

    public override string Usage => "abs(number)";

    public override string Summary => "Gives a number without its sign.";

    protected override double Compute(double number) => Math.Abs(number);
}
