using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>An operator that keeps all rows until the last has come. It holds no more than the run's memory limit.</summary>
abstract class KeptRows(string command, RunContext run) : Operator
{
    /// <summary>The rows so far.</summary>
    protected RowStore Rows { get; set; } = new();

    /// <summary>The run.</summary>
    protected RunContext Run { get; } = run;

    /// <inheritdoc/>
    public override bool Push(Batch batch)
    {
        Rows.Add(batch);
        Check(Rows.Bytes);
        return true;
    }

    /// <inheritdoc/>
    public sealed override void Finish()
    {
        GiveOut();
        Next.Finish();
    }

    /// <summary>Gives out what becomes of the rows.</summary>
    protected abstract void GiveOut();

    /// <summary>Ends the run when so many bytes are more than it may hold.</summary>
    protected void Check(long bytes)
    {
        Run.ThrowIfCancelled();
        if (bytes > Run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory(command, Run.Limits.MemoryBytes));
    }

    /// <summary>Passes batches on until no more are wanted.</summary>
    protected bool PassOn(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
            if (!Next.Push(batch)) return false;
        return true;
    }
}
