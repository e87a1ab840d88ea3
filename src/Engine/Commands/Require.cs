using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Ends a search without rows as failed (Splunk search reference, require).</summary>
sealed class Require : Command
{
    public override string Name => "require";

    public override string Usage => "require";

    public override string Summary => "Lets the search fail when no row comes so far.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        new ArgumentReader(syntax).ExpectEnd();
        return new RequireStage { At = syntax.Span };
    }
}

/// <summary>The rows as they are; none ends the run with an error.</summary>
public sealed record RequireStage : Stage
{
    /// <inheritdoc/>
    public override string Command => "require";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RequireOperator();

    sealed class RequireOperator : Operator
    {
        bool _any;

        public override bool Push(Batch batch)
        {
            _any |= batch.Count > 0;
            return Next.Push(batch);
        }

        public override void Finish()
        {
            if (!_any) throw new SearchFailedException("`require` found no rows before it");
            Next.Finish();
        }
    }
}
