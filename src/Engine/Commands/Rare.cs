using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The least common values.</summary>
sealed class Rare : Command
{
    public override string Name => "rare";

    public override string Usage => "rare [<count>] [limit=<count>] [countfield=<name>] [percentfield=<name>] [showcount=<bool>] [showperc=<bool>] [useother=<bool>] [otherstr=<text>] <field> ... [BY <field> ...]";

    public override string Summary => "Gives the least common combinations of values, with their count and percentage.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => TopStage.Bind(syntax, rare: true);
}
