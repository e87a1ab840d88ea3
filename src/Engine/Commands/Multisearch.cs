using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Runs several searches over events as one (Splunk search reference, multisearch).</summary>
sealed class Multisearch : Command
{
    public override string Name => "multisearch";

    public override string Usage => "multisearch [<subsearch>] [<subsearch>] ...";

    public override string Summary => "Runs two or more searches over events, and gives all their events, the newest first.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw CommandErrors.MakesRows(syntax);
        var reader = new ArgumentReader(syntax);
        var plans = new List<Plan>();
        while (!reader.AtEnd)
        {
            var token = reader.TakeKind(TokenKind.Subsearch, "a search in brackets");
            var plan = context.BindSubsearch(token.Subsearch!);
            if (UnionStage.FirstNotStreaming(plan) is { } stage)
                throw CommandErrors.Unsupported(syntax, $"`{stage.Command}`, which looks at several rows,", token.Span, "`append` and `union` take any search");
            plans.Add(plan);
        }
        return plans.Count < 2 ? throw CommandErrors.Missing(syntax, "two searches in brackets or more") : new UnionStage(Name, plans, 0) { IsFirst = true, At = syntax.Span };
    }
}
