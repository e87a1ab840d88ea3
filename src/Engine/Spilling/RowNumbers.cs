using Karst.Events;

namespace Karst.Engine.Spilling;

/// <summary>Numbers that rows carry to disk and back, so that what was parted there comes out in the order in which it came.</summary>
public static class RowNumbers
{
    // No field of a log begins like this.
    const string Field = "\u0001row";

    /// <summary>The rows carry numbers.</summary>
    public static bool Has(Batch batch) => batch.Find(Field) is not null;

    /// <summary>The rows with numbers from <paramref name="next"/> on, unless they have some.</summary>
    public static Batch Add(Batch batch, ref long next)
    {
        if (Has(batch)) return batch;
        var numbers = new Value[batch.Count];
        for (var row = 0; row < numbers.Length; row++) numbers[row] = Value.FromNumber(next++);
        return batch.With(Field, numbers);
    }

    /// <summary>The rows without their numbers.</summary>
    public static Batch Remove(Batch batch) => new(batch.Count, [.. batch.Columns.ToArray().Where(static column => column.Name != Field)]);

    /// <summary>Rows of several files, each with rising numbers, in the order of the numbers; batches have at most so many.</summary>
    public static IEnumerable<Batch> Merge(IReadOnlyList<SpilledRows> files, int size)
    {
        var piece = Math.Max(16, size / Math.Max(1, files.Count));
        return new RowMerge<Value[]>(files.Select(file => file.Read(piece)), static batch => batch.Find(Field)!.Values, static (left, l, right, r) => left[l].Number.CompareTo(right[r].Number)).Read(size);
    }
}
