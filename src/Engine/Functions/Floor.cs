namespace Karst.Engine.Functions;

/// <summary>Rounds a number down to a whole one.</summary>
sealed class Floor : NumberFunction
{
    public override string Name => "floor";

    public override string Usage => "floor(number)";

    public override string Summary => "Rounds a number down to a whole one.";

    protected override double Compute(double number) => Math.Floor(number);
}
