using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>The work of one stage in one run. Rows are pushed in; what comes out is pushed to <see cref="Next"/>.</summary>
public abstract class Operator
{
    /// <summary>Who takes the rows.</summary>
    public Operator Next { get; set; } = Nowhere.Instance;

    /// <summary>Takes a batch; false when no more rows are wanted. Values hold only until it returns: keep rows in a <see cref="RowStore"/>.</summary>
    public abstract bool Push(Batch batch);

    /// <summary>No more rows come: gives out what is left and finishes <see cref="Next"/>. Called once, also after a Push that said false.</summary>
    public virtual void Finish() => Next.Finish();

    sealed class Nowhere : Operator
    {
        internal static readonly Nowhere Instance = new();

        public override bool Push(Batch batch) => true;

        public override void Finish() { }
    }
}

/// <summary>The end of a pipeline: gives each batch to a function, which says whether more is wanted.</summary>
public sealed class Sink(Func<Batch, bool> take, Action? finish = null) : Operator
{
    /// <inheritdoc/>
    public override bool Push(Batch batch) => take(batch);

    /// <inheritdoc/>
    public override void Finish() => finish?.Invoke();
}
