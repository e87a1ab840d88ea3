using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds what a pipeline makes of the rows behind them.</summary>
sealed class Appendpipe : Command
{
    public override string Name => "appendpipe";

    public override string Usage => "appendpipe [<pipeline>]";

    public override string Summary => "Runs the pipeline in brackets on the rows and adds what it gives behind them.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        while (reader.TryOption(out var name, out var value))
            if (!Subrows.IsScheduling(name)) throw CommandErrors.UnknownOption(syntax, name, value.Span, "run_in_preview");
        return new AppendpipeStage(context.BindPipeline(Subrows.TakeSyntax(reader))) { At = syntax.Span };
    }
}

/// <summary>The rows, and behind them what the pipeline makes of them.</summary>
public sealed record AppendpipeStage(Plan Pipeline) : Stage
{
    /// <inheritdoc/>
    public override string Command => "appendpipe";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        var inside = after;
        foreach (var stage in Pipeline.Stages.Reverse()) inside = stage.Needs(inside);
        return after.Union(inside);
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AppendpipeOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"appendpipe {Pipeline.Describe()}";

    sealed class AppendpipeOperator(AppendpipeStage stage, RunContext run) : KeptRows("appendpipe", run)
    {
        protected override void GiveOut()
        {
            if (!PassOn(Rows.ToBatches(Run.BatchSize))) return;
            Operator pipeline = new Sink(Next.Push);
            foreach (var inner in stage.Pipeline.Stages.Reverse())
            {
                var operation = inner.Open(Run);
                operation.Next = pipeline;
                pipeline = operation;
            }
            foreach (var batch in Rows.ToBatches(Run.BatchSize))
                if (!pipeline.Push(batch)) break;
            pipeline.Finish();
        }
    }
}
