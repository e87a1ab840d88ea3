namespace Karst.Events;

/// <summary>Writes rows in one format. A closed output surfaces as <see cref="OutputClosedException"/>.</summary>
public abstract class RowWriter
{
    /// <summary>Writes the rows of a batch, or keeps them where the format needs all rows first.</summary>
    public abstract void Write(Batch batch);

    /// <summary>Writes what is still to be written and flushes; called once, after the last batch.</summary>
    public abstract void Finish();
}
