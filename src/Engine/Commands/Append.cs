using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds the rows of a subsearch behind the others.</summary>
sealed class Append : Command
{
    public override string Name => "append";

    public override string Usage => "append [maxout=<count>] [<subsearch>]";

    public override string Summary => "Adds the rows of a search in brackets behind the others.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        int? most = null;
        while (reader.TryOption(out var name, out var value))
        {
            if (name == "maxout") most = OptionValue.Whole(syntax, name, value);
            else if (!Subrows.IsScheduling(name)) throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxout", "maxtime", "timeout", "extendtimerange");
        }
        return new AppendStage(Subrows.Take(reader, context), most) { At = syntax.Span };
    }
}

/// <summary>The rows, and behind them those of a subsearch: at most so many, null is the limit of the run, 0 is all.</summary>
public sealed record AppendStage(Plan Subsearch, int? Most) : Stage
{
    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => [Subsearch];

    /// <inheritdoc/>
    public override string Command => "append";

    /// <inheritdoc/>
    // The order of the rows before is kept, so it has to be the right one.
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AppendOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"append {Subsearch.Describe()}";

    sealed class AppendOperator(AppendStage stage, RunContext run) : Operator
    {
        bool _full;

        public override bool Push(Batch batch)
        {
            _full |= !Next.Push(batch);
            return !_full;
        }

        public override void Finish()
        {
            if (!_full)
            {
                var most = stage.Most ?? run.Limits.JoinRows;
                var rows = SubsearchRows.Run(stage.Subsearch, most, run);
                foreach (var batch in rows.ToBatches(run.BatchSize))
                    if (!Next.Push(batch)) break;
            }
            Next.Finish();
        }
    }
}
