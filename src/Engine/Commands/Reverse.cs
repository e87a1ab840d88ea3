using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Turns the order of the rows round.</summary>
sealed class Reverse : Command
{
    public override string Name => "reverse";

    public override string Usage => "reverse";

    public override string Summary => "Turns the order of the rows round.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        new ArgumentReader(syntax).ExpectEnd();
        return new TailStage(null) { At = syntax.Span };
    }
}
