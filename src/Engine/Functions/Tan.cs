namespace Karst.Engine.Functions;

/// <summary>Gives the tangent of an angle in radians.</summary>
sealed class Tan : NumberFunction
{
    public override string Name => "tan";

    public override string Usage => "tan(number)";

    public override string Summary => "Gives the tangent of an angle in radians.";

    protected override double Compute(double number) => Math.Tan(number);
}
