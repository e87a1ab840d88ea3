using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds the columns of a lookup table's rows that match fields of the row.</summary>
sealed class Lookup : Command
{
    public override string Name => "lookup";

    public override string Usage => "lookup <lookup> <column> [AS <field>] [, ...] [OUTPUT | OUTPUTNEW <column> [AS <field>] [, ...]]";

    public override string Summary => "Adds the columns of a lookup table's rows that match fields of the row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var spec = LookupSpec.Read(new ArgumentReader(syntax));
        if (context.Knowledge.FindLookupDefinition(spec.Name)?.Computed is { } computed) return ComputedLookupStage.Bind(spec, computed) with { At = syntax.Span };
        return LookupStage.Bind(spec, FindTable(spec.Name, spec.At, context)) with { At = syntax.Span };
    }

    /// <summary>The table of a lookup, or the reason at the place where its name stands.</summary>
    internal static LookupTable FindTable(string name, Span at, BindContext context)
    {
        try
        {
            return context.Knowledge.FindLookup(name) ?? throw new SplException(KnowledgeErrors.NoLookup(name, at));
        }
        catch (SplException error) when (error.Diagnostic.At.Length == 0)
        {
            throw new SplException(error.Diagnostic with { At = at });
        }
    }
}
