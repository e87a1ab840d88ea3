using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Computes aggregates over the events of a data model, or over the metadata of all events.</summary>
sealed class Tstats : Command
{
    public override string Name => "tstats";

    public override string Usage => "tstats [summariesonly=<bool>] [allow_old_summaries=<bool>] [fillnull_value=<text>] <aggregate>[(<field>)] [AS <name>] ... [FROM datamodel=<model>[.<dataset>]] [WHERE <filter>] [BY <field> ... [span=<length>]]";

    public override string Summary => "Computes aggregates over the events of a data model, or over the metadata of all events.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context) is [var only]
        ? only
        : throw CommandErrors.Unsupported(syntax, "a data model", syntax.NameSpan, "`tstats` can begin a search or a subsearch");

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst)
            throw GeneratedSearch.NotFirst(syntax);
        return new TstatsBinder(TstatsGrammar.Read(syntax), context).Bind();
    }
}
