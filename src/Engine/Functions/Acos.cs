namespace Karst.Engine.Functions;

/// <summary>Gives the arc cosine, from 0 to pi.</summary>
sealed class Acos : NumberFunction
{
    public override string Name => "acos";

    public override string Usage => "acos(number)";

    public override string Summary => "Gives the arc cosine, from 0 to pi.";

    protected override double Compute(double number) => Math.Acos(number);
}
