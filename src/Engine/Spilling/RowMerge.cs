using Karst.Events;

namespace Karst.Engine.Spilling;

/// <summary>Rows of several sources, each in order already, as one in order. Of equal rows those of the earlier source come first.</summary>
/// <typeparam name="TKeys">What rows are compared by, made once for each batch.</typeparam>
public sealed class RowMerge<TKeys>(IEnumerable<IEnumerable<Batch>> sources, Func<Batch, TKeys> keysOf, Func<TKeys, int, TKeys, int, int> compare)
{
    /// <summary>The rows, as batches of at most so many.</summary>
    public IEnumerable<Batch> Read(int size)
    {
        var heads = new PriorityQueue<Head, Head>(Comparer<Head>.Create(Compare));
        var all = new List<IEnumerator<Batch>>();
        try
        {
            foreach (var source in sources)
            {
                var batches = source.GetEnumerator();
                all.Add(batches);
                if (Next(batches, all.Count) is { } head) heads.Enqueue(head, head);
            }
            var rows = new RowStore();
            while (heads.TryDequeue(out var head, out _))
            {
                rows.Add(head.Batch, head.Row);
                if (rows.Count == size)
                {
                    foreach (var batch in rows.ToBatches(size)) yield return batch;
                    rows = new RowStore();
                }
                if (++head.Row < head.Batch.Count) heads.Enqueue(head, head);
                else if (Next(all[head.Source - 1], head.Source) is { } next) heads.Enqueue(next, next);
            }
            foreach (var batch in rows.ToBatches(size)) yield return batch;
        }
        finally
        {
            foreach (var batches in all) batches.Dispose();
        }
    }

    Head? Next(IEnumerator<Batch> batches, int source)
    {
        while (batches.MoveNext())
            if (batches.Current.Count > 0) return new Head(batches.Current, keysOf(batches.Current), source);
        return null;
    }

    int Compare(Head? left, Head? right) => compare(left!.Keys, left.Row, right!.Keys, right.Row) is var order and not 0 ? order : left.Source.CompareTo(right.Source);

    sealed class Head(Batch batch, TKeys keys, int source)
    {
        internal Batch Batch { get; } = batch;

        internal TKeys Keys { get; } = keys;

        internal int Source { get; } = source;

        internal int Row { get; set; }
    }
}
