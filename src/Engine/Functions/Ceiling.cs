namespace Karst.Engine.Functions;

/// <summary>Rounds a number up to a whole one.</summary>
sealed class Ceiling : NumberFunction
{
    public override string Name => "ceiling";

    public override IReadOnlyList<string> Aliases => ["ceil"];

    public override string Usage => "ceiling(number)";

    public override string Summary => "Rounds a number up to a whole one.";

    protected override double Compute(double number) => Math.Ceiling(number);
}
