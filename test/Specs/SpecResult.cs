using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Specs;

/// <summary>What came of a case in one mode.</summary>
sealed record SpecResult(IReadOnlyList<Batch> Batches)
{
    /// <summary>The search was refused, before or while it ran.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>What Splunk would refuse while it runs.</summary>
    public string? Failure { get; init; }

    /// <summary>The text that the errors' spans point into.</summary>
    public string Source { get; init; } = "";

    /// <summary>What was said beside the rows.</summary>
    public RunMessages Messages { get; init; } = new();

    /// <summary>The stages as they ran.</summary>
    public IReadOnlyList<string> Plan { get; init; } = [];

    /// <summary>How many rows.</summary>
    public int Count => Batches.Sum(batch => batch.Count);

    /// <summary>The fields that some row has, in the order first seen.</summary>
    public List<string> Names()
    {
        var names = new List<string>();
        foreach (var batch in Batches)
            foreach (var column in batch.Columns)
                if (!names.Contains(column.Name) && Enumerable.Range(0, batch.Count).Any(row => !column.Values[row].IsNull)) names.Add(column.Name);
        return names;
    }

    /// <summary>The rows as cells of the named columns.</summary>
    public List<string[]> Rows(IReadOnlyList<string> names)
    {
        var rows = new List<string[]>();
        foreach (var batch in Batches)
            for (var row = 0; row < batch.Count; row++)
                rows.Add([.. names.Select(name => SpecTable.Cell(batch.Find(name)?.Values[row] ?? Value.Null))]);
        return rows;
    }
}
