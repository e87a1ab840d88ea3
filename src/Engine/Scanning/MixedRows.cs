using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>Rows that scans of several origins gave for searches, until they are put back in the order of the events that they come from.</summary>
sealed class MixedRows
{
    readonly Dictionary<ScanRequest, List<Batch>> _batches = new(ReferenceEqualityComparer.Instance);
    readonly List<ScanRequest> _requests = [];

    /// <summary>How many values it holds.</summary>
    internal long Cells { get; private set; }

    /// <summary>Rows for a search, in order among themselves.</summary>
    internal void Add(ScanRequest request, Batch batch)
    {
        if (batch.Count == 0) return;
        if (!_batches.TryGetValue(request, out var batches)) _batches[request] = batches = [];
        if (batches.Count == 0) _requests.Add(request);
        // Who made the columns uses them again.
        batches.Add(batch.Copy());
        Cells += (long)batch.Count * Math.Max(1, batch.Columns.Length);
    }

    /// <summary>Gives each search its rows, in order, and is empty again.</summary>
    internal void GiveOut(Func<ScanRequest, Batch, bool> give)
    {
        foreach (var request in _requests)
        {
            var batches = _batches[request];
            if (IsInOrder(batches))
                foreach (var batch in batches) give(request, batch);
            else give(request, InOrder(batches));
            batches.Clear();
        }
        _requests.Clear();
        Cells = 0;
    }

    static bool IsInOrder(List<Batch> batches)
    {
        for (var i = 1; i < batches.Count; i++)
            if (batches[i - 1].Ranks![^1] > batches[i].Ranks![0]) return false;
        return true;
    }

    static Batch InOrder(List<Batch> batches)
    {
        // Columns stand in the order of the events that first have them.
        batches.Sort(static (left, right) => left.Ranks![0].CompareTo(right.Ranks![0]));
        var rows = new List<(int Rank, Batch Batch, int Row)>();
        foreach (var batch in batches)
            for (var row = 0; row < batch.Count; row++) rows.Add((batch.Ranks![row], batch, row));
        // No two events have one rank, and a row comes from one event.
        rows.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
        var columns = new List<Column>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in batches)
            foreach (var column in batch.Columns)
                if (known.Add(column.Name)) columns.Add(Gather(column, rows));
        return new Batch(rows.Count, [.. columns]);
    }

    static Column Gather(Column first, List<(int Rank, Batch Batch, int Row)> rows)
    {
        var values = new Value[rows.Count];
        Batch? last = null;
        Column? column = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (!ReferenceEquals(rows[i].Batch, last)) column = (last = rows[i].Batch).Find(first.Name);
            if (column is not null) values[i] = column.Values[rows[i].Row];
        }
        return new Column(first.Name, values) { IsShown = first.IsShown };
    }
}
